'use strict';
// Everything that comes from the index is set as text, never as markup.
const byId = id => document.getElementById(id);
const [form, box, from, method, depth, status, error, results] = ['form', 'q', 'from', 'method', 'depth', 'status', 'error', 'results'].map(byId);
const names = new Intl.DisplayNames(['en'], { type: 'language' });
let running = null;

function nameOf(tag) {
  if (tag === 'und') return 'Unknown';
  try { return names.of(tag); } catch { return tag; }
}

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

async function get(path) {
  const controller = new AbortController();
  if (path.startsWith('/api/search')) { running?.abort(); running = controller; }
  const reply = await fetch(path, { signal: controller.signal, headers: { Accept: 'application/json' } });
  const body = await reply.json().catch(() => null);
  if (!reply.ok) throw new Error(Object.values(body?.errors ?? {}).flat().join(' ') || body?.detail || body?.title || `The service answered ${reply.status}.`);
  return body;
}

function showError(message) {
  error.textContent = message;
  error.hidden = !message;
  if (message) { status.textContent = ''; results.replaceChildren(); }
}

function showIndex(index) {
  index.languages.sort((a, b) => (a.language === 'und') - (b.language === 'und') || nameOf(a.language).localeCompare(nameOf(b.language), 'en'));
  byId('about').textContent = `Ask in one language, find in others: ${index.passages.toLocaleString('en')} passages in ${index.languages.length} language${index.languages.length === 1 ? '' : 's'}.`;
  byId('languages').replaceChildren(...index.languages.map(({ language, passages }) => element('label', {},
    element('input', { type: 'checkbox', name: 'in', value: language, checked: true }), nameOf(language), element('small', { title: 'passages' }, passages.toLocaleString('en')))));
  from.append(...index.queryLanguages.filter(language => language !== 'und').sort((a, b) => nameOf(a).localeCompare(nameOf(b), 'en')).map(language => element('option', { value: language }, nameOf(language))));
  method.replaceChildren(...index.methods.map(name => element('option', { value: name, selected: name === index.defaultMethod }, name)));
}

function showResult({ rank, score, id, language, dir, title, snippet }) {
  const lang = language === 'und' ? '' : language;
  return element('li', {}, element('article', { id: `rank-${rank}` },
    element('span', { className: 'badge', title: language }, nameOf(language)),
    element('span', { className: 'score', title: `Passage ${id}` }, `${rank} · score ${score.toPrecision(4)}`),
    ...(title ? [element('h2', { lang, dir }, title)] : []),
    element('p', { lang, dir }, snippet)));
}

function parameters() {
  const values = new URLSearchParams({ q: box.value.trim() });
  const boxes = [...form.querySelectorAll('[name=in]')], chosen = boxes.filter(item => item.checked).map(item => item.value);
  if (chosen.length < boxes.length) values.set('in', chosen.join(','));
  if (from.value) values.set('from', from.value);
  if (method.value) values.set('method', method.value);
  values.set('depth', depth.value);
  return { values, any: chosen.length > 0 };
}

async function search(remember) {
  if (!box.value.trim()) { showError(''); status.textContent = ''; results.replaceChildren(); return; }
  const { values, any } = parameters();
  showError('');
  if (!any) { showError('Choose at least one language to search in.'); return; }
  if (remember) history.pushState(null, '', `?${values}`);
  document.title = `${box.value.trim()} – Dragoman search`;
  results.setAttribute('aria-busy', 'true');
  status.textContent = 'Searching…';
  try {
    const answer = await get(`/api/search?${values}`);
    const count = answer.results.length;
    status.textContent = count === 0
      ? 'No passage found. Try other words, more languages, or another method.'
      : `${count} passage${count === 1 ? '' : 's'} in ${answer.elapsedMs < 10 ? answer.elapsedMs.toFixed(1) : Math.round(answer.elapsedMs)} ms, by ${answer.method}${answer.fromProbability === null ? '' : `; the query was taken for ${nameOf(answer.from)}`}`;
    results.replaceChildren(...answer.results.map(showResult));
  } catch (failure) {
    if (failure.name === 'AbortError') return;
    showError(failure instanceof TypeError ? 'The service cannot be reached. Is it still running?' : failure.message);
  }
  results.removeAttribute('aria-busy');
}

function restore() {
  const values = new URLSearchParams(location.search);
  box.value = values.get('q') ?? '';
  const chosen = values.get('in')?.split(',');
  for (const item of form.querySelectorAll('[name=in]')) item.checked = !chosen || chosen.includes(item.value);
  for (const [choice, name] of [[from, 'from'], [method, 'method'], [depth, 'depth']]) {
    const value = values.get(name);
    if ([...choice.options].some(option => option.value === value)) choice.value = value;
  }
  search(false);
}

form.addEventListener('submit', event => { event.preventDefault(); search(true); });
form.addEventListener('change', event => { if (event.target !== box && box.value.trim()) search(true); });
window.addEventListener('popstate', restore);
document.addEventListener('keydown', event => {
  if (event.key === '/' && document.activeElement !== box) { event.preventDefault(); box.select(); }
});
get('/api/index').then(index => { showIndex(index); restore(); }, failure => showError(failure.message));
