// Where a person writes: words, photos, commands, and things to try.
import { el, iconButton } from './dom.js';
import { t } from './texts.js';
import { nameOf, world } from './world.js';
import { brief } from './message.js';
import { menu, say, sendPhoto } from './send.js';

export class Composer {
  constructor(pane) {
    this.pane = pane;
    this.text = el('textarea', { rows: 1, onkeydown: (e) => this.keys(e), oninput: () => this.grow() });
    this.file = el('input', { type: 'file', accept: 'image/png,image/jpeg,image/gif,image/webp', class: 'unseen', tabindex: '-1', 'aria-hidden': 'true', onchange: () => this.chosen() });
    this.quote = el('div', { class: 'quote', hidden: true });
    this.chips = el('div', { class: 'chips' });
    this.panel = el('div', { class: 'panel', hidden: true, onkeydown: (e) => e.key === 'Escape' && this.close(true) });
    this.form = el('form', { class: 'write', onsubmit: (e) => this.submit(e) });
    this.root = el('div', { class: 'composer' }, this.chips, this.panel, this.quote, this.form);
  }

  translate() {
    this.photos = iconButton('photo', t('page.photo'), () => this.toggle(this.photos, () => this.photoChoices()), { 'aria-expanded': 'false' });
    this.commands = iconButton('menu', t('page.menu'), () => this.toggle(this.commands, () => this.commandChoices()), { 'aria-expanded': 'false' });
    const send = iconButton('send', t('page.send'), undefined, { type: 'submit', class: 'icon send' });
    const label = this.pane.spec.group ? t('page.write_group', { name: nameOf(this.pane.person) }) : t('page.write', { name: nameOf(this.pane.person) });
    this.text.placeholder = t(this.pane.spec.group ? 'page.write_here_group' : 'page.write_here');
    this.text.setAttribute('aria-label', label);
    this.form.replaceChildren(this.photos, this.commands, this.text, this.file, send);
    this.chips.dataset.shown = '';
    this.close();
    this.drawQuote();
  }

  // hint offers things to try to somebody who has written nothing yet.
  hint() {
    const { spec, person, chat } = this.pane;
    const wrote = chat.messages.some((m) => m.person === person && !m.text.startsWith('/start'));
    const lang = spec.group ? world.langs[0] : world.people.get(person).lang;
    const lines = wrote ? [] : spec.try[lang] ?? [];
    const shown = [t('page.try'), ...lines].join('\n');
    if (this.chips.dataset.shown === shown) return;
    this.chips.dataset.shown = shown;
    this.chips.replaceChildren(...(lines.length ? [el('span', {}, t('page.try'))] : []), ...lines.map((line) => this.chip(line, lang)));
  }

  chip(line, lang) {
    return el('button', { type: 'button', class: 'chip', lang, onclick: () => this.tries(line) }, line);
  }

  // tries sends a suggestion. It goes away with that, so the focus goes on.
  tries(line) {
    if (this.chips.contains(document.activeElement)) this.pane.focus();
    this.say(line);
  }

  empty() {
    return this.text.value.trim() === '' && !this.about;
  }

  clear() {
    this.text.value = '';
    this.replyTo(undefined, false);
  }

  // focus puts the cursor where one writes; not on a phone, where the keyboard
  // would cover the chat.
  focus() {
    if (!matchMedia('(pointer: coarse)').matches) this.text.focus({ preventScroll: true });
  }

  replyTo(message, focus = true) {
    this.about = message;
    this.drawQuote();
    if (focus) this.focus();
  }

  drawQuote() {
    this.quote.hidden = !this.about;
    this.quote.replaceChildren();
    if (!this.about) return;
    this.quote.append(el('span', {}, t('page.reply_to', { text: brief(this.about.text) || t('page.photo') })),
      iconButton('close', t('page.reply_end'), () => this.replyTo(undefined)));
  }

  keys(e) {
    if (e.key === 'Enter' && !e.shiftKey && !e.isComposing) {
      e.preventDefault();
      this.form.requestSubmit();
    }
    if (e.key === 'Escape') this.replyTo(undefined);
  }

  grow() {
    this.text.style.height = 'auto';
    this.text.style.height = `${Math.min(this.text.scrollHeight + 2, 140)}px`;
  }

  submit(e) {
    e.preventDefault();
    const words = this.text.value.trim();
    if (words) this.say(words);
  }

  async say(words) {
    const about = this.about;
    const typed = this.text.value;
    this.clear();
    this.grow();
    this.close();
    await this.tried(() => say(this.pane.person, this.pane.chatID, words, about?.ref), () => {
      this.text.value = typed;
      this.replyTo(about);
    });
  }

  async tried(send, undo) {
    try {
      await send();
    } catch (error) {
      undo?.();
      this.pane.toasts.show(t('page.failed', { why: error.message }), true);
    }
  }

  // The panel above holds either the photos or the commands.
  toggle(button, fill) {
    const opened = button.getAttribute('aria-expanded') === 'true';
    this.close();
    if (opened) return;
    button.setAttribute('aria-expanded', 'true');
    this.opener = button;
    this.panel.hidden = false;
    fill();
  }

  close(focus) {
    this.panel.hidden = true;
    this.panel.replaceChildren();
    for (const b of [this.photos, this.commands]) b?.setAttribute('aria-expanded', 'false');
    if (focus) this.opener?.focus();
  }

  choices(list) {
    this.panel.replaceChildren(...list.map(([label, what, act]) => el('button', { type: 'button', onclick: act }, el('b', {}, label), what)));
    this.panel.querySelector('button')?.focus();
  }

  photoChoices() {
    this.choices([
      [t('page.sample_broken'), '', () => this.photo('broken')],
      [t('page.sample_mended'), '', () => this.photo('mended')],
      [t('page.choose'), '', () => this.file.click()],
    ]);
  }

  async commandChoices() {
    const list = await menu(this.pane.person, Boolean(this.pane.spec.group));
    this.choices(list.map((c) => [`/${c.name}`, c.what, () => this.say(`/${c.name}`)]));
  }

  chosen() {
    const [file] = this.file.files;
    this.file.value = '';
    if (file) this.photo(file);
  }

  async photo(what) {
    const about = this.about;
    const caption = this.text.value.trim();
    this.clear();
    this.close(true);
    await this.tried(() => sendPhoto(this.pane.person, this.pane.chatID, about?.ref ?? '', caption, what));
  }
}
