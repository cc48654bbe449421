package law

import "io/fs"

// A Question asks for one fact, in plain words, never for a conclusion.
type Question struct {
	ID    string `json:"id"`
	Group string `json:"group"` // the heading it stands under, such as "papers"
	Text  Text   `json:"text"`
	Help  Text   `json:"help,omitempty"`
	// Sensitivity is what asking may cost the person, from 1 (nothing much) to 5.
	Sensitivity int `json:"sensitivity"`
	// Scope is "episode" or "person". A question about the person may also be answered in an episode, for
	// that episode alone.
	Scope string `json:"scope"`
	// Vulnerability marks a circumstance to be shown as such. No element rests on it.
	Vulnerability bool `json:"vulnerability,omitempty"`
}

// A Pack is one body of law, loaded and compiled. It does not change after Load.
type Pack struct {
	ID        string     // "us"
	Version   string     // of the data
	Title     Text       //
	Reviewed  string     // who has reviewed the law, or that nobody has
	Sources   []string   //
	Questions []Question // the vocabulary, in the order to ask
}

// Load reads and compiles the pack in the folder dir of fsys: pack.yaml, vocabulary.yaml, strings.yaml
// and rules/*.yaml. An error names file, line and column.
func Load(fsys fs.FS, dir string) (*Pack, error) { return nil, fs.ErrNotExist }

// ParseJourney reads a journey in YAML or JSON, or the journey of a decided case in txtar. An error is a
// *SyntaxError that names the place and the field.
func (p *Pack) ParseJourney(name string, data []byte) (Journey, error) { return Journey{}, fs.ErrNotExist }

// Assess lays the journey beside the law.
func (p *Pack) Assess(j Journey, o Options) (Assessment, error) { return Assessment{}, fs.ErrNotExist }

// Explain says a finding in plain sentences, in the language lang where the pack has it, or in English.
func (p *Pack) Explain(f Finding, lang string) []string { return nil }
