// The clock is moved by hand, or by the day that plays by itself.
import { clock, longDate, pick, t } from './texts.js';
import { until, world } from './world.js';
import { move, play } from './send.js';

const $ = (id) => document.getElementById(id);
let moving = false;

export function startClock(panes) {
  for (const button of document.querySelectorAll('[data-move]')) {
    button.onclick = () => moveClock(button.dataset.move, panes());
  }
  const speed = () => Number($('speed').value);
  $('play').onclick = () => {
    if (!moving && !world.state.over) play(!world.state.playing, speed()).catch(tell);
  };
  $('speed').onchange = () => {
    if (world.state.playing) play(true, speed()).catch(tell);
  };
}

async function moveClock(how, panes) {
  if (moving || world.state.playing) return;
  moving = true;
  drawClock(world.state);
  const before = panes.map((p) => p.received);
  for (const p of panes) p.toasts.clear();
  try {
    const state = await move(how);
    await until(() => world.state.now >= state.now); // The page knows what the server knew.
    const where = panes.map((p, i) => [pick(p.spec.title), p.received - before[i]]).filter(([, n]) => n > 0);
    const news = where.map(([title, n]) => t('page.moved_where', { title, n })).join(t('page.moved_and'));
    $('moved').textContent = news ? t('page.moved', { time: clock(state.now), news }) : t('page.moved_quiet', { time: clock(state.now) });
  } catch (error) {
    tell(error);
  } finally {
    moving = false;
    drawClock(world.state);
  }
}

function tell(error) {
  $('moved').textContent = t('page.failed', { why: error.message });
}

export function drawClock(state) {
  if (!state) return;
  $('now').textContent = `${longDate(state.now)} ${clock(state.now)}`;
  $('now').dateTime = state.now;
  document.body.dataset.playing = state.playing;
  document.body.dataset.moving = moving;
  for (const button of document.querySelectorAll('[data-move]')) {
    // Not the attribute disabled: it would take the focus away.
    button.setAttribute('aria-disabled', String(moving || state.playing));
  }
  $('play').textContent = t(state.playing ? 'page.pause' : state.over ? 'page.over' : state.begun ? 'page.resume' : 'page.play');
  $('play').setAttribute('aria-disabled', String(moving || Boolean(state.over)));
  if (state.playing) $('moved').textContent = '';
}
