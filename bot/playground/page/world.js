// What the server told: people, panes, chats and the clock. Others listen to it.

export const world = { run: '', site: {}, langs: [], panes: [], people: new Map(), chats: new Map(), state: null, link: '' };

const listeners = { snapshot: [], entry: [], state: [], lost: [] };

export function on(what, listener) {
  listeners[what].push(listener);
}

function tell(what, ...values) {
  for (const listener of listeners[what]) listener(...values);
}

// until waits for the state to be so.
export function until(test) {
  return new Promise((done) => {
    const look = () => {
      if (!test()) return;
      listeners.state = listeners.state.filter((l) => l !== look);
      done();
    };
    on('state', look);
    look();
  });
}

// follow connects to the server. The browser connects again by itself, and names
// the last event that it had.
export function follow() {
  const source = new EventSource('events');
  source.onopen = () => tell('lost', false);
  source.onerror = () => tell('lost', true);
  source.addEventListener('snapshot', (e) => {
    const all = JSON.parse(e.data);
    Object.assign(world, { run: all.run, site: all.site, langs: all.langs, panes: all.panes, state: all.state, link: all.link });
    world.people = new Map(all.people.map((p) => [p.id, p]));
    world.chats = new Map(all.chats.map((c) => [c.id, { ...c, unread: 0, changed: false }]));
    tell('snapshot', all);
  });
  source.addEventListener('entry', (e) => apply(JSON.parse(e.data)));
  source.addEventListener('state', (e) => {
    world.state = JSON.parse(e.data);
    tell('state', world.state);
  });
}

function apply(entry) {
  const chat = world.chats.get(entry.chat);
  let old;
  if (chat && (entry.kind === 'sent' || entry.kind === 'said')) chat.messages.push(entry.message);
  if (chat && entry.kind === 'edited') {
    const i = chat.messages.findIndex((m) => m.ref === entry.message.ref);
    old = chat.messages[i];
    if (i >= 0) chat.messages[i] = entry.message;
  }
  tell('entry', entry, chat, old);
}

export const nameOf = (person) => world.people.get(person)?.name ?? person;
