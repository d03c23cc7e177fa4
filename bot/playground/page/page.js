import { el } from './dom.js';
import { begin, change, language, pick, t, write } from './texts.js';
import { follow, nameOf, on, world } from './world.js';
import { Pane } from './pane.js';
import { Tabs } from './tabs.js';
import { startClock, drawClock } from './clock.js';
import { openLink } from './send.js';

const $ = (id) => document.getElementById(id);
let panes = [];
let tabs;

on('snapshot', (all) => {
  const before = new Map(panes.map((p) => [p.spec.id, p.person]));
  begin(all.texts, all.langs);
  panes = all.panes.map((spec) => new Pane(spec, { speaksAs, leads, opens, announce, changed: () => tabs?.draw() }));
  $('panes').replaceChildren(...panes.map((p) => p.root));
  tabs = new Tabs($('tabs'), panes);
  for (const p of panes) p.begin(before.get(p.spec.id));
  draw();
});

on('entry', (entry, chat, old) => {
  if (world.state.playing && entry.person && ['said', 'pressed'].includes(entry.kind)) followActor(entry);
  for (const p of panes) p.take(entry, chat, old);
  tabs?.draw();
});

on('state', drawClock);

on('lost', (lost) => {
  $('lost').hidden = !lost;
});

// speaksAs shows the private chat of whoever now speaks in a group.
function speaksAs(person, pane) {
  for (const p of panes) {
    if (p !== pane && !p.spec.group && p.spec.people.includes(person) && p.idle()) p.show(person);
  }
}

// followActor shows whoever acts while the day plays by itself.
function followActor(entry) {
  for (const p of panes) {
    const there = p.spec.people.includes(entry.person) && (!p.spec.group || p.spec.group === entry.chat);
    if (there && p.person !== entry.person && p.idle()) p.show(entry.person);
  }
}

// leads opens the private chat of somebody whose press was answered by a link.
function leads(person, link) {
  if (!link.startsWith(world.link)) return;
  const pane = panes.find((p) => !p.spec.group && p.spec.people.includes(person));
  pane?.show(person);
  tabs.go(pane);
  openLink(person, link).catch(() => {});
}

// opens asks who opens an invitation, and lets them.
function opens(link) {
  const dialog = $('opener');
  const select = dialog.querySelector('select');
  select.replaceChildren(...[...world.people.values()].map((p) => el('option', { value: p.id }, `${p.name} · ${pick(p.note)}`)));
  dialog.returnValue = '';
  dialog.onclose = () => {
    if (dialog.returnValue !== 'open') return;
    leads(select.value, link);
  };
  dialog.showModal();
}

// announce is for those who listen: one line for what is new.
let lines = [];
let waiting;
function announce(line) {
  lines.push(line);
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    $('announcer').textContent = lines.slice(-6).join(' ');
    lines = [];
  }, 150);
}

function draw() {
  write(document);
  $('site').textContent = pick(world.site);
  document.title = `${t('page.title')} · ${pick(world.site)}`;
  const other = world.langs.find((l) => l !== language());
  $('language').hidden = !other;
  $('language').textContent = other === 'en' ? 'EN' : '中文';
  $('language').setAttribute('aria-label', other === 'en' ? 'English' : '中文');
  $('language').lang = other ?? '';
  $('language').onclick = () => {
    change(other);
    for (const p of panes) p.speak();
    draw();
  };
  tabs.draw();
  drawClock(world.state);
}

function intro() {
  let known = false;
  try {
    known = localStorage.getItem('frontdesk.intro') === 'known';
  } catch { /* Then it is shown each time. */ }
  $('intro').hidden = known;
  $('intro').querySelector('button').onclick = () => {
    $('intro').hidden = true;
    try {
      localStorage.setItem('frontdesk.intro', 'known');
    } catch { /* Then it is shown each time. */ }
  };
}

// F6 goes from pane to pane, as between the parts of a window.
addEventListener('keydown', (e) => {
  if (e.key !== 'F6') return;
  e.preventDefault();
  tabs.step(e.shiftKey ? -1 : 1);
});

intro();
startClock(() => panes, nameOf);
follow();
