// One column: the chat of a person with the desk, or a group.
import { el, iconButton } from './dom.js';
import { clock, date, longDate, pick, t } from './texts.js';
import { nameOf, world } from './world.js';
import { brief, draw, replace } from './message.js';
import { Composer } from './composer.js';
import { press } from './send.js';
import { Toasts } from './toasts.js';

export class Pane {
  constructor(spec, page) {
    this.spec = spec;
    this.page = page;
    this.received = 0; // messages of the desk since the page was opened
    this.atEnd = true;
    this.inView = false;
    this.select = el('select', { onchange: () => this.choose(this.select.value) });
    this.more = el('b', { class: 'badge', hidden: true });
    this.title = el('h2', { id: `title-${spec.id}` });
    this.log = el('ol', { class: 'log', 'aria-labelledby': `title-${spec.id}` });
    this.end = el('button', { type: 'button', class: 'end', hidden: true, onclick: () => this.toEnd() });
    this.toasts = new Toasts();
    this.composer = new Composer(this);
    this.root = el('section', { class: 'pane', id: `pane-${spec.id}`, 'aria-labelledby': `title-${spec.id}` },
      el('header', {}, this.title, this.more, this.select), this.log, this.end, this.toasts.root, this.composer.root);
    this.log.addEventListener('scroll', () => this.scrolled());
    this.log.addEventListener('keydown', (e) => this.keys(e));
    this.log.addEventListener('focusin', (e) => this.enter(e.target.closest('.message')));
    new IntersectionObserver(([seen]) => {
      this.inView = seen.intersectionRatio > 0.5;
      if (this.inView && this.atEnd) this.toEnd();
    }, { threshold: [0, 0.51, 1] }).observe(this.root);
    new ResizeObserver(() => this.atEnd && this.toEnd()).observe(this.log);
    document.addEventListener('visibilitychange', () => this.read());
  }

  get chatID() {
    return this.spec.group || this.person;
  }

  get chat() {
    return world.chats.get(this.chatID);
  }

  // begin shows whoever was there before, or the first who speaks the page's language.
  begin(person) {
    const people = this.spec.people;
    const first = people.find((id) => world.people.get(id)?.lang === document.documentElement.lang);
    this.show(people.includes(person) ? person : first ?? people[0]);
  }

  // choose is show by the reader's own hand.
  choose(person) {
    this.show(person);
    if (this.spec.group) this.page.speaksAs(person, this);
  }

  show(person) {
    const another = this.person !== person;
    this.person = person;
    if (another) this.composer.clear();
    if (another) this.onseen?.();
    this.translate();
  }

  // speak follows the reader to another language. Who has written nothing yet
  // makes room for somebody who speaks it.
  speak() {
    const idle = !this.spec.group && this.idle() && !this.chat.messages.length;
    if (idle) this.begin();
    else this.translate();
  }

  // translate draws everything anew, in the page's language.
  translate() {
    this.title.textContent = pick(this.spec.title);
    this.log.lang = this.spec.group ? world.langs[0] : world.people.get(this.person)?.lang;
    this.composer.translate();
    this.drawPeople();
    this.drawLog();
  }

  drawPeople() {
    const groups = new Map();
    for (const id of this.spec.people) {
      const p = world.people.get(id);
      const unread = this.spec.group ? 0 : world.chats.get(id)?.unread ?? 0;
      const option = el('option', { value: id }, p.name + (unread && id !== this.person ? ` (${unread})` : ''));
      const note = pick(p.note);
      if (!groups.has(note)) groups.set(note, el('optgroup', { label: note }));
      groups.get(note).append(option);
    }
    const others = this.others();
    this.more.hidden = !others;
    this.more.textContent = `+${others}`;
    this.more.title = t('page.others', { n: others });
    this.select.setAttribute('aria-label', others ? `${t('page.as')}, ${t('page.others', { n: others })}` : t('page.as'));
    this.select.replaceChildren(...groups.values());
    this.select.value = this.person;
  }

  drawLog() {
    this.log.replaceChildren();
    this.day = '';
    for (const m of this.chat.messages) this.put(m);
    this.current = undefined;
    this.composer.hint();
    this.toEnd();
  }

  itemOf(ref) {
    return this.log.querySelector(`[data-ref="${CSS.escape(ref)}"]`);
  }

  item(m) {
    const quoted = m.replyTo && this.chat.messages.find((x) => x.ref === m.replyTo);
    return draw(m, { inGroup: Boolean(this.spec.group), self: this.person, quoted, by: this.acts });
  }

  acts = {
    press: async (message, button, key) => {
      if (key.getAttribute('aria-busy')) return;
      key.setAttribute('aria-busy', 'true');
      try {
        if (this.spec.group) this.page.speaksAs(this.person, this);
        const answer = await press(this.person, this.chatID, message.ref, button.data);
        if (answer?.url) this.page.leads(this.person, answer.url);
      } catch (error) {
        this.toasts.show(t('page.failed', { why: error.message }), true);
      }
      key.removeAttribute('aria-busy');
    },
    reply: (message) => this.composer.replyTo(message),
    link: (url) => this.page.opens(url),
  };

  put(m) {
    if (date(m.at) !== this.day) {
      this.day = date(m.at);
      this.log.append(el('li', { class: 'day' }, longDate(m.at)));
    }
    const item = this.item(m);
    for (const img of item.querySelectorAll('img')) img.addEventListener('load', () => this.atEnd && this.toEnd());
    this.log.append(item);
    this.tabStop(item);
    return item;
  }

  // take is something that happened; it may be in another chat.
  take(entry, chat, old) {
    const here = entry.chat === this.chatID;
    const ours = here || (!this.spec.group && this.spec.people.includes(entry.chat));
    if (!ours) return;
    if (entry.kind === 'answered' && here) this.answer(entry);
    if (entry.kind === 'pressed' && here) this.pressed = entry;
    if (!entry.message || entry.kind === 'pressed') return;
    if (entry.kind === 'sent') this.received++;
    const foreign = entry.person !== this.person;
    if (here && entry.kind === 'edited') this.change(entry.message, old);
    else if (here) this.add(entry.message, foreign);
    if (foreign && !(here && this.seen())) {
      if (entry.kind === 'edited') chat.changed = true;
      else chat.unread++;
    }
    if (!here) this.drawPeople();
    if (here) this.tellEnd();
    if (here && foreign && this.inView) this.page.announce(this.line(entry));
  }

  line(entry) {
    const key = entry.kind === 'edited' ? 'page.said_changed' : 'page.said';
    const name = this.spec.group ? pick(this.spec.title) : nameOf(this.person);
    return t(key, { name, text: entry.message.text || t('page.photo') });
  }

  add(m, foreign) {
    if (this.itemOf(m.ref)) return; // The whole chat was just drawn anew.
    const item = this.put(m);
    item.classList.add('fresh');
    if (this.atEnd || !foreign) this.toEnd();
    this.composer.hint();
  }

  change(m, old) {
    const item = this.itemOf(m.ref);
    if (!item) return;
    const changed = this.item(m);
    const isCurrent = item === this.current || item.tabIndex === 0;
    replace(item, changed, old);
    if (isCurrent) this.tabStop(changed);
    if (this.atEnd) this.toEnd();
    this.composer.hint();
  }

  answer(entry) {
    const by = this.pressed?.press === entry.press ? this.pressed : undefined;
    const label = by && (world.state.playing || entry.person !== this.person);
    const who = label ? t('page.pressed', { name: nameOf(entry.person), label: by.text }) : '';
    if (!entry.text && !who) return;
    this.toasts.show([who, entry.text].filter(Boolean).join(' '), entry.alert && !world.state.playing);
  }

  // seen tells whether the reader sees the end of the chat.
  seen() {
    return this.inView && this.atEnd && document.visibilityState === 'visible';
  }

  news() {
    const { unread = 0, changed = false } = this.chat ?? {};
    return { unread, changed, others: this.others() };
  }

  // others counts what is new for the people of this pane who are not shown.
  others() {
    if (this.spec.group) return 0;
    const list = this.spec.people.filter((id) => id !== this.person);
    return list.reduce((n, id) => n + (world.chats.get(id)?.unread ?? 0), 0);
  }

  read() {
    const chat = this.chat;
    if (!chat || !this.seen() || (!chat.unread && !chat.changed)) return;
    chat.unread = 0;
    chat.changed = false;
    this.onseen?.();
  }

  scrolled() {
    if (this.log.scrollTop === this.endTop) return; // That was toEnd, whatever has grown since.
    this.atEnd = this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < 40;
    if (this.atEnd) this.read();
    this.tellEnd();
  }

  toEnd() {
    this.log.scrollTop = this.log.scrollHeight;
    this.endTop = this.log.scrollTop;
    this.atEnd = true;
    this.read();
    this.tellEnd();
  }

  tellEnd() {
    this.end.hidden = this.atEnd;
    this.end.textContent = this.chat?.unread ? t('page.unread', { n: this.chat.unread }) : t('page.latest');
  }

  idle() {
    return this.composer.empty() && !this.root.contains(document.activeElement);
  }

  focus() {
    this.composer.focus();
  }

  // One message at a time is a stop of the tab key, with its buttons: the newest,
  // or the one to which the arrow keys went.
  tabStop(item) {
    for (const b of item.querySelectorAll('button, a')) b.tabIndex = 0;
    if (this.stop && this.stop !== item) {
      this.stop.tabIndex = -1;
      for (const b of this.stop.querySelectorAll('button, a')) b.tabIndex = -1;
    }
    item.tabIndex = 0;
    this.stop = item;
  }

  enter(item) {
    if (!item) return;
    this.current = item;
    this.tabStop(item);
  }

  keys(e) {
    const steps = { ArrowUp: -1, ArrowDown: 1, Home: -Infinity, End: Infinity };
    if (!(e.key in steps)) return;
    const all = [...this.log.querySelectorAll('.message')];
    const at = all.indexOf(document.activeElement.closest('.message'));
    const to = all[Math.max(0, Math.min(all.length - 1, at + steps[e.key]))];
    e.preventDefault();
    to?.focus();
  }
}
