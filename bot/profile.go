package bot

import (
	"context"
	"encoding/json"
	"fmt"
)

// Longest texts about a bot, in characters (Bot API, setMyDescription and
// setMyShortDescription).
const (
	MostDescription      = 512
	MostShortDescription = 120
)

// Describe sets what Telegram shows about the bot in a language before anything is written
// ("" = in any other): the description in the empty chat, and the short one on its page and
// beside its links. What is so already is left alone, because Telegram limits how often it
// may be changed.
func (c *Client) Describe(ctx context.Context, lang, description, short string) error {
	for _, field := range []struct{ name, get, set, want string }{
		{"description", "getMyDescription", "setMyDescription", description},
		{"short_description", "getMyShortDescription", "setMyShortDescription", short},
	} {
		params := map[string]string{}
		if lang != "" {
			params["language_code"] = lang
		}
		raw, err := c.Do(ctx, field.get, params)
		if err != nil {
			return err
		}
		var now map[string]string
		if err := json.Unmarshal(raw, &now); err != nil {
			return fmt.Errorf("reading %s: malformed", field.name)
		}
		if now[field.name] == field.want {
			continue
		}
		params[field.name] = field.want
		if _, err := c.Do(ctx, field.set, params); err != nil {
			return err
		}
	}
	return nil
}

// pictureField is under which name the picture is uploaded, which the call refers to (Bot
// API, setMyProfilePhoto and InputProfilePhotoStatic).
const pictureField = "picture"

// SetPicture sets the picture of the bot, a JPEG.
func (c *Client) SetPicture(ctx context.Context, jpeg []byte) error {
	params := map[string]string{"photo": `{"type":"static","photo":"attach://` + pictureField + `"}`}
	_, err := c.Upload(ctx, "setMyProfilePhoto", params, pictureField, Attachment{Name: pictureField + ".jpg", Body: jpeg})
	return err
}
