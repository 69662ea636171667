/** The help desk's behaviour: tickets without a reload, comments with a draft per ticket, and its shortcuts. */
const comment = document.querySelector('#comment');
const form = document.querySelector('.composer');
const submit = form.querySelector('[type=submit]');
const cases = [...document.querySelectorAll('[data-ticket]')];
const drafts = new Map();

function currentCase() {
  return cases.find((article) => !article.hidden);
}

function showTicket() {
  const id = location.pathname.split('/').at(-1);
  drafts.set(currentCase().dataset.ticket, comment.value);
  for (const article of cases) article.hidden = article.dataset.ticket !== id;
  for (const row of document.querySelectorAll('[data-row]')) {
    if (row.dataset.row === id) row.setAttribute('aria-current', 'true');
    else row.removeAttribute('aria-current');
  }
  document.title = `#${id} ${currentCase().dataset.title} · Harbor Desk`;
  setComment(drafts.get(id) ?? '');
  scrollToNewest();
}

function setComment(text) {
  comment.value = text;
  submit.disabled = text.trim() === '';
}

function scrollToNewest() {
  const history = currentCase().querySelector('.history');
  history.scrollTop = history.scrollHeight;
}

function element(tag, className, text) {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

function addComment(text) {
  const time = new Date().toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
  const by = element('p', 'by', '');
  by.append(element('b', '', 'Maya Okafor'), element('span', '', `Internal note · ${time}`));
  const body = element('p', 'written', text);
  body.dir = 'auto';
  const bubble = element('div', 'bubble', '');
  bubble.append(by, body);
  const avatar = element('span', 'avatar tone-b', 'MO');
  avatar.ariaHidden = 'true';
  const entry = element('div', 'entry note', '');
  entry.append(avatar, bubble);
  currentCase().querySelector('.history').append(entry);
  scrollToNewest();
}

function setStatus(status, label) {
  const { ticket } = currentCase().dataset;
  for (const pill of document.querySelectorAll(
    `[data-row="${ticket}"] [data-status], [data-ticket="${ticket}"] [data-status]`,
  )) {
    pill.dataset.status = status;
    pill.textContent = label;
  }
}

function closeTicket() {
  const button = currentCase().querySelector('[data-close]');
  if (button.disabled) return;
  button.disabled = true;
  setStatus('closed', 'Closed');
  const event = element('p', 'event', '');
  event.append(element('span', '', 'You closed this ticket · just now'));
  currentCase().querySelector('.history').append(event);
  scrollToNewest();
  const open = document.querySelectorAll('[data-row] .pill[data-status=open]').length;
  document.querySelector('[data-open-count]').textContent = `${open} open`;
}

const shortcuts = {
  r: () => comment.focus(),
  c: closeTicket,
};

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target instanceof Element && event.target.closest('input, textarea, select, [contenteditable]'))
    return;
  const run = Object.hasOwn(shortcuts, event.key) ? shortcuts[event.key] : undefined;
  if (run === undefined) return;
  event.preventDefault();
  document.body.dataset.shortcut = event.key;
  run();
});

document.addEventListener('click', (event) => {
  if (!(event.target instanceof Element)) return;
  if (event.target.closest('[data-close]') !== null) return closeTicket();
  const row = event.target.closest('a[data-row]');
  if (row === null || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (row.pathname === location.pathname) return;
  history.pushState(null, '', row.pathname);
  showTicket();
});

window.addEventListener('popstate', showTicket);
comment.addEventListener('input', () => setComment(comment.value));
comment.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') comment.blur();
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.requestSubmit();
});
form.addEventListener('submit', (event) => {
  event.preventDefault();
  const text = comment.value.trim();
  if (text === '') return;
  addComment(text);
  setComment('');
});

showTicket();
