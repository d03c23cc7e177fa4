// The page's own words. They come with the snapshot, in every language; what
// people and the desk say is in the language of each person and no matter here.

let texts = {};
let lang = 'zh';

export const language = () => lang;

// begin takes the words, and picks the reader's language.
export function begin(all, langs) {
  texts = all;
  const wished = [stored(), navigator.language.slice(0, 2)].find((l) => langs.includes(l));
  lang = wished ?? (langs.includes('en') ? 'en' : langs[0]);
  document.documentElement.lang = lang;
}

// change sets another language and remembers it.
export function change(to) {
  lang = to;
  document.documentElement.lang = lang;
  try {
    localStorage.setItem('frontdesk.language', to);
  } catch { /* A browser may keep nothing. */ }
}

function stored() {
  try {
    return localStorage.getItem('frontdesk.language');
  } catch {
    return null;
  }
}

// t is a text with the values of its placeholders.
export function t(key, values = {}) {
  const text = texts[lang]?.[key] ?? key;
  return text.replace(/\{([a-z_]+)\}/g, (whole, name) => values[name] ?? whole);
}

// in is one of several languages' texts.
export const pick = (said) => said?.[lang] ?? Object.values(said ?? {})[0] ?? '';

// write puts the words into what is marked with data-t and data-label.
export function write(root) {
  for (const e of root.querySelectorAll('[data-t]')) e.textContent = t(e.dataset.t);
  for (const e of root.querySelectorAll('[data-label]')) e.setAttribute('aria-label', t(e.dataset.label));
}

// Times come in the site's zone and are shown by their digits.
export const clock = (at) => at.slice(11, 16);
export const date = (at) => at.slice(0, 10);

export function longDate(at) {
  const day = new Date(date(at) + 'T12:00:00Z');
  const form = { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' };
  return new Intl.DateTimeFormat(lang === 'zh' ? 'zh-CN' : 'en-GB', form).format(day);
}
