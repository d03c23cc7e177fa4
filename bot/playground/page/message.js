// Drawing one message: words, photos, buttons, and what it replies to.
import { el, icon, iconButton } from './dom.js';
import { clock, t } from './texts.js';
import { nameOf, world } from './world.js';

const link = /(https?:\/\/[^\s]+)/;

// draw makes a message. by holds what can be done with it: press, reply, link.
export function draw(message, { inGroup, self, quoted, by }) {
  const own = message.person && (!inGroup || message.person === self);
  const kind = !message.person ? 'desk' : own ? 'own' : 'other';
  const item = el('li', { class: `message ${kind}`, tabindex: '-1', 'data-ref': message.ref });
  const bubble = el('div', { class: 'bubble' });
  if (inGroup || !message.person) {
    bubble.append(el('span', { class: message.person ? 'from' : 'from unseen' }, message.person ? nameOf(message.person) : t('page.desk')));
  }
  if (quoted) bubble.append(el('blockquote', {}, brief(quoted.text) || t('page.photo')));
  for (const id of message.photos ?? []) {
    bubble.append(el('img', { src: `photo/${id}`, alt: t('page.photo'), width: 240, height: 180 }));
  }
  if (message.text) bubble.append(words(message.text, by));
  if (message.file) bubble.append(attached(message));
  bubble.append(meta(message, by));
  item.append(bubble, keys(message, by));
  return item;
}

// attached is the file that came with a message: its name opens it.
function attached(message) {
  const href = `file/${message.ref}/${encodeURIComponent(message.file)}`;
  return el('a', { class: 'file', href, target: '_blank', rel: 'noreferrer', 'aria-label': t('page.file', { name: message.file }) },
    icon('file'), el('span', {}, message.file));
}

// words are the lines of a text, with its links.
function words(text, by) {
  const p = el('p', { class: 'words' });
  for (const line of text.split('\n')) {
    const span = el('span', { class: 'line' });
    for (const part of line.split(link)) {
      if (!link.test(part)) span.append(part);
      else if (part.startsWith(world.link)) {
        span.append(el('button', { type: 'button', class: 'link', onclick: () => by.link(part) }, part));
      } else span.append(el('a', { href: part, target: '_blank', rel: 'noreferrer' }, part));
    }
    p.append(span);
  }
  return p;
}

function meta(message, by) {
  const said = el('time', { datetime: message.at }, clock(message.at));
  const line = el('span', { class: 'meta' }, said);
  if (message.edits) line.append(el('span', { class: 'edited' }, t('page.changed', { time: clock(message.editedAt) })));
  if (message.left !== undefined) line.append(el('span', { class: 'left' }, message.left ? t('page.left', { n: message.left }) : t('page.left_none')));
  line.append(iconButton('reply', t('page.reply'), () => by.reply(message), { class: 'icon reply' }));
  return line;
}

function keys(message, by) {
  const box = el('div', { class: 'keys' });
  for (const row of message.buttons ?? []) {
    const line = el('div', { class: 'row' });
    for (const b of row) {
      const pressed = (e) => (b.url ? openURL(b.url, by) : by.press(message, b, e.currentTarget));
      line.append(el('button', { type: 'button', 'data-key': b.data || b.url, onclick: pressed }, b.label));
    }
    box.append(line);
  }
  return box;
}

function openURL(url, by) {
  if (url.startsWith(world.link)) by.link(url);
  else window.open(url, '_blank', 'noreferrer');
}

export const brief = (text) => {
  const first = (text ?? '').split('\n')[0];
  return [...first].length > 60 ? [...first].slice(0, 60).join('') + '…' : first;
};

// replace puts a changed message into the place of the old one. The lines that
// changed are marked, and the focus stays where it was: on the same button, or on
// the message if that is gone.
export function replace(item, changed, old, now) {
  const before = new Set((old?.text ?? '').split('\n'));
  changed.classList.add('edited-now');
  for (const line of changed.querySelectorAll('.line')) {
    line.classList.toggle('new', !before.has(line.textContent));
  }
  const focused = item.contains(document.activeElement) ? document.activeElement : null;
  const key = focused?.dataset.key;
  item.replaceWith(changed);
  if (!focused) return;
  const same = key && [...changed.querySelectorAll('[data-key]')].find((b) => b.dataset.key === key);
  (same || changed).focus({ preventScroll: true });
}
