package app

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"time"

	"amparo/internal/hub"
	"amparo/internal/switchboard"
)

// SiteCmd shows the public site without running it.
type SiteCmd struct {
	List   SiteListCmd   `cmd:"" help:"List the public pages: address and kind (page, check, chat or file)."`
	Export SiteExportCmd `cmd:"" help:"Write a copy of the public site for another web host or a mirror. The talk stays on the hub."`
}

// SiteListCmd lists the public pages.
type SiteListCmd struct{}

// Run prints a line for each address.
func (c *SiteListCmd) Run(_ context.Context, p *Program) error {
	h, err := hub.New(hub.Config{Switchboard: new(switchboard.Switchboard), Name: "-", ExitURL: "https://example.org/"})
	if err != nil {
		return err
	}
	for _, a := range h.Addresses() {
		fmt.Fprintln(p.Stdout, a.Path, a.Kind)
	}
	return nil
}

// SiteExportCmd writes a copy of the public site.
type SiteExportCmd struct {
	Dir       string `arg:"" help:"An empty folder, or one that is not there yet."`
	Org       string `required:"" help:"The organisation's name, as visitors read it."`
	Hub       string `required:"" help:"Where the hub is: the copy leads there to talk."`
	Directory string `type:"existingfile" help:"A directory of services, HSDS 3.0 JSON."`
	ExitURL   string `name:"exit-url" default:"https://www.weather.gov/" help:"Where Exit leads: a page that means nothing."`
}

// Run writes the files and says how many there are.
func (c *SiteExportCmd) Run(_ context.Context, p *Program) error {
	talk, err := url.Parse(c.Hub)
	if err != nil || talk.Host == "" || talk.Scheme != "https" && talk.Scheme != "http" || talk.RawQuery != "" || talk.Fragment != "" {
		return fmt.Errorf("--hub %q is not an absolute web address", c.Hub)
	}
	services, err := loadDirectory(c.Directory)
	if err != nil {
		return err
	}
	h, err := hub.New(hub.Config{Talk: strings.TrimSuffix(c.Hub, "/") + "/", Name: c.Org, ExitURL: c.ExitURL, Numbers: numbers(services, time.Now()), Directory: services})
	if err != nil {
		return err
	}
	files, err := h.Export(c.Dir)
	if err != nil {
		return err
	}
	fmt.Fprintf(p.Stdout, "%d files in %s\n", files, c.Dir)
	return nil
}
