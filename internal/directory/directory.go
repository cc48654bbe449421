// Package directory holds the services to which a person may be referred, and finds those that fit.
//
// Its shape is Open Referral's Human Services Data Specification 3.0 (HSDS, CC BY-SA 4.0): field names
// are those of the schema. What HSDS has no place for comes as attributes whose taxonomy term has a code that begins with "amparo:":
//
//	amparo:need             on a service; its value is the code of a Need; may be repeated
//	amparo:asks-no-status   on a service; yes or no
//	amparo:confidential     on a location, a service, a service at a location or an organization; yes:
//	                        that place, or all places of it, must not be known
//	amparo:time-zone        on an organization or service; a name of the IANA list, for hours without offset
//	amparo:name:es          on an organization or service; its name in Spanish (any language code)
//	amparo:description:es   the same for its description
//
// What a directory does not say is unknown, which is neither yes nor no. The address of a
// confidential place is dropped as it is read and is nowhere in a Directory.
package directory

// A Directory is a list of organizations and what they offer. It is not changed once it was read.
type Directory struct {
	Organizations []Organization
}

// An Organization offers services.
type Organization struct {
	ID, Name, Description, Email, Website string
	Names, Descriptions                   Words // in languages other than that of Name and Description
	Phones                                []Phone
	Services                              []Service
}

// NameIn gives the name in lang where there is one.
func (o Organization) NameIn(lang string) string { return o.Names.or(lang, o.Name) }

// A Service is one thing that an organization offers.
type Service struct {
	ID, Name, Description, URL, Email string
	Names, Descriptions               Words
	Status                            string // active, inactive, defunct or temporarily closed
	Needs                             []string
	AsksNoStatus                      Answer // whether it leaves immigration status alone
	Interpretation                    string // free text
	Application                       string // how to apply; free text
	Eligibility, Fees, Alert          string // free text
	MinimumAge, MaximumAge            int    // years; -1 not said
	AssuredDate                       string // when this was last checked, 2006-01-02; "" not said
	Phones                            []Phone
	Languages                         []Language
	Schedules                         []Schedule
	Areas                             []Area
	Costs                             []Cost
	Documents                         []string
	Confidential                      bool       // its place must not be known; its locations have no address
	Locations                         []Location // confidential ones hold nothing but their type
}

// NameIn gives the name in lang where there is one.
func (s Service) NameIn(lang string) string { return s.Names.or(lang, s.Name) }

// DescriptionIn gives the description in lang where there is one.
func (s Service) DescriptionIn(lang string) string { return s.Descriptions.or(lang, s.Description) }

// A Phone is a number and what it is for.
type Phone struct {
	Number, Extension, Type, Description string
	Languages                            []Language
}

// A Language is one that is spoken without an interpreter.
type Language struct{ Code, Name, Note string }

// An Area is where a service is available. Areas with a URI contain those whose URI goes on after a
// slash; a name alone is free text.
type Area struct{ URI, Name string }

// A Cost is a price.
type Cost struct {
	Option, Currency, Description string
	Amount                        float64
	Said                          bool // an amount was given
}

// A Location is where a service is given.
type Location struct {
	id           string
	Type         string // physical, postal or virtual
	Name, URL    string
	Addresses    []Address
	Confidential bool
}

// An Address is a postal address.
type Address struct{ Line1, Line2, City, Region, State, PostalCode, Country string }

// An Answer is what is known of a question.
type Answer int8

// The answers. What nobody said is Unknown.
const (
	Unknown Answer = iota
	Yes
	No
)

// String is yes, no or unknown.
func (a Answer) String() string { return [...]string{"unknown", "yes", "no"}[a] }
