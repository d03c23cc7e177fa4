// What only the presser sees: the answer to a press, for a while.
import { el, iconButton } from './dom.js';
import { t } from './texts.js';

const shownFor = 7000;

export class Toasts {
  constructor() {
    this.root = el('div', { class: 'toasts', role: 'status' });
  }

  clear() {
    this.root.replaceChildren();
  }

  // show shows words; those that matter stay until they are closed.
  show(text, stays) {
    const toast = el('div', { class: stays ? 'toast stays' : 'toast', role: stays ? 'alert' : undefined }, el('span', {}, text));
    toast.append(iconButton('close', t('page.close'), () => toast.remove()));
    this.root.replaceChildren(...[...this.root.children].slice(-1), toast);
    if (stays) return;
    const leave = () => (toast.matches(':hover, :focus-within') ? setTimeout(leave, 1000) : toast.remove());
    setTimeout(leave, shownFor);
  }
}
