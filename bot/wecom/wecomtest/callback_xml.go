package wecomtest

import (
	"strconv"
	"strings"
)

// Field is an element of a message: its name, and a text, a number or further
// fields.
type Field struct {
	Name  string
	Value any
}

// XML writes a message as WeCom does: numbers plain, texts as CDATA.
func XML(fields ...Field) string { return element("xml", fields) }

func element(name string, value any) string {
	var b strings.Builder
	b.WriteString("<" + name + ">")
	switch v := value.(type) {
	case []Field:
		for _, f := range v {
			b.WriteString(element(f.Name, f.Value))
		}
	case string:
		// CDATA cannot hold its own end: it is put into two.
		b.WriteString("<![CDATA[" + strings.ReplaceAll(v, "]]>", "]]]]><![CDATA[>") + "]]>")
	case int:
		b.WriteString(strconv.Itoa(v))
	case int64:
		b.WriteString(strconv.FormatInt(v, 10))
	default:
		panic("wecomtest: a field has a text, a number or fields")
	}
	b.WriteString("</" + name + ">")
	return b.String()
}

// head are the fields with which every message begins.
func (c *Callbacks) head(user, kind string) []Field {
	return []Field{
		{"ToUserName", c.CorpID}, {"FromUserName", user}, {"CreateTime", c.Now().Unix()}, {"MsgType", kind},
	}
}

// Message tells what a member sent, with a new id.
func (c *Callbacks) Message(user, kind string, fields ...Field) Told {
	id := int64(7_000_000_000_000_000_000) + int64(random(1)[0])<<16 + int64(c.next())
	fields = append(c.head(user, kind), fields...)
	return c.Tell(XML(append(fields, Field{"MsgId", id}, Field{"AgentID", c.AgentID})...))
}

// Event tells what a member did.
func (c *Callbacks) Event(user, event string, fields ...Field) Told {
	fields = append(append(c.head(user, "event"), Field{"Event", event}), fields...)
	return c.Tell(XML(append(fields, Field{"AgentID", c.AgentID})...))
}

// Waiting tells that there is something to fetch for an account of 微信客服.
func (c *Callbacks) Waiting(openKFID, token string) Told {
	return c.Tell(XML(
		Field{"ToUserName", c.CorpID}, Field{"CreateTime", c.Now().Unix()}, Field{"MsgType", "event"},
		Field{"Event", "kf_msg_or_event"}, Field{"Token", token}, Field{"OpenKfId", openKFID},
	))
}

func (c *Callbacks) next() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.count++
	return c.count
}
