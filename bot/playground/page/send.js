// What people do goes to the server; what comes of it arrives as events.

async function post(path, body) {
  const response = await fetch(path, {
    method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error((await response.text()).trim());
  return response.status === 200 ? response.json() : undefined;
}

export const say = (person, chat, text, replyTo = '') => post('say', { person, chat, text, replyTo });
export const openLink = (person, link) => post('say', { person, chat: person, link });
export const press = (person, chat, ref, data) => post('press', { person, chat, ref, data });
export const move = (how) => post('clock', { move: how });
export const play = (isOn, speed) => post('play', { on: isOn, speed });

// sendPhoto sends a file, or the sample of that name.
export async function sendPhoto(person, chat, replyTo, caption, photo) {
  const sample = typeof photo === 'string' ? photo : '';
  const query = new URLSearchParams({ person, chat, replyTo, caption, sample });
  const response = await fetch('photo?' + query, {
    method: 'POST', headers: { 'Content-Type': 'application/octet-stream' }, body: sample ? '' : photo,
  });
  if (!response.ok) throw new Error((await response.text()).trim());
}

export async function menu(person, inGroup) {
  const response = await fetch(`menu/${encodeURIComponent(person)}${inGroup ? '?group' : ''}`);
  return response.ok ? response.json() : [];
}
