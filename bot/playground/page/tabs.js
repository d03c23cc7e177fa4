// The strip of panes: where something is new, and, on a phone, the switcher.
import { el } from './dom.js';
import { pick, t } from './texts.js';

export class Tabs {
  constructor(nav, panes) {
    this.panes = panes;
    this.active = panes[0];
    this.buttons = panes.map((p) => el('button', { type: 'button', id: `tab-${p.spec.id}`, onclick: () => this.go(p) }));
    nav.replaceChildren(...this.buttons);
    for (const p of panes) {
      p.root.addEventListener('focusin', () => this.mark(p));
      p.onseen = () => this.draw();
    }
    this.mark(panes[0]);
  }

  // mark makes a pane the active one: on a phone it is the one that is shown.
  mark(pane) {
    this.active = pane;
    for (const p of this.panes) p.root.classList.toggle('active', p === pane);
    this.draw();
  }

  // go shows a pane and puts the cursor where one writes.
  go(pane) {
    if (!pane) return;
    this.mark(pane);
    pane.root.scrollIntoView({ inline: 'nearest', block: 'nearest' });
    pane.focus();
  }

  step(by) {
    const n = this.panes.length;
    this.go(this.panes[(this.panes.indexOf(this.active) + by + n) % n]);
  }

  draw() {
    this.panes.forEach((p, i) => {
      const { unread, changed, others } = p.news();
      const button = this.buttons[i];
      const title = pick(p.spec.title);
      button.replaceChildren(title);
      if (unread) button.append(el('b', { class: 'badge' }, String(unread)));
      else if (changed || others) button.append(el('b', { class: 'dot' }));
      const said = unread ? t('page.unread', { n: unread }) : changed ? t('page.card_changed') : others ? t('page.others', { n: others }) : '';
      button.setAttribute('aria-label', said ? `${title}, ${said}` : title);
      button.setAttribute('aria-current', p === this.active ? 'true' : 'false');
    });
  }
}
