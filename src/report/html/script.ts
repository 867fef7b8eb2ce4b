/**
 * What the page does beyond being read: it searches, filters and sorts the rows that are there. It takes everything from the page and
 * writes text only, so that nothing in a report can become code. ES2020 and nothing else; test/browser runs it.
 */
export const SCRIPT = `
(() => {
  'use strict';
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const form = document.getElementById('filter');
  if (!form) return;

  const groups = all('section.bugs').map((section) => ({
    section,
    kind: section.dataset.kind,
    details: section.querySelector('details:not(.comment)'),
    count: section.querySelector('.count'),
    rows: all('tbody > tr', section).map((row) => ({ row, text: null })),
  }));
  const total = groups.reduce((sum, { rows }) => sum + rows.length, 0);
  const parts = all('.part').map((part) => ({
    part,
    items: all('li', part).map((item) => [item, document.getElementById(item.firstChild.hash.slice(1))]),
  }));

  const owners = (element) => element.dataset.owner ? element.dataset.owner.split(' ') : ['none'];
  const holds = (entry, words) => {
    if (words.length === 0) return true;
    entry.text ??= entry.row.textContent.toLowerCase();
    return words.every((word) => entry.text.includes(word));
  };

  function filter() {
    const { words: search, kind, tracker, owner } = form.elements;
    const words = search.value.toLowerCase().split(/\\s+/).filter(Boolean);
    const chosen = { kind: kind.value, tracker: tracker ? tracker.value : '', owner: owner ? owner.value : '' };
    const active = words.length > 0 || Object.values(chosen).some(Boolean);
    let shown = 0;
    for (const group of groups) {
      const here = chosen.kind === '' || chosen.kind === group.kind;
      let visible = 0;
      for (const entry of group.rows) {
        const { row } = entry;
        const fits = here
          && (chosen.tracker === '' || row.dataset.tracker === chosen.tracker)
          && (chosen.owner === '' || owners(row).includes(chosen.owner))
          && holds(entry, words);
        if (row.hidden === fits) row.hidden = !fits;
        if (fits) visible++;
      }
      group.section.hidden = visible === 0;
      group.count.textContent = visible === group.rows.length ? visible : visible + ' of ' + group.rows.length;
      if (group.details) group.details.open = active;
      shown += visible;
    }
    for (const { part, items } of parts) {
      for (const [item, row] of items) item.hidden = row.hidden;
      const left = items.filter(([item]) => !item.hidden).length;
      part.hidden = active && left === 0;
    }
    for (const person of all('.person')) {
      const other = chosen.owner !== '' && !owners(person).includes(chosen.owner);
      person.hidden = other || !person.querySelector('.part:not([hidden])');
    }
    for (const agenda of all('.agenda')) agenda.hidden = !agenda.querySelector('.person:not([hidden])');
    form.querySelector('output').textContent = active ? shown + ' of ' + total + ' bugs' : '';
  }

  const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });
  const compareNumbers = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

  function sort(head) {
    const numeric = ['untargeted', 'idle', 'interest'].includes(head.className);
    const before = head.getAttribute('aria-sort');
    const down = before === null ? numeric : before === 'ascending';
    for (const other of head.parentNode.cells) other.removeAttribute('aria-sort');
    head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
    const body = head.closest('table').tBodies[0];
    const compare = numeric ? compareNumbers : collator.compare;
    const entries = Array.from(body.rows, (row) => {
      const text = row.cells[head.cellIndex].textContent;
      const number = text === 'never' ? Infinity : Number(text);
      return { row, key: text === '' ? null : numeric ? number : text };
    });
    // What is not known stands last, whichever way.
    entries.sort((a, b) => {
      if (a.key === null || b.key === null) return (a.key === null) - (b.key === null);
      return down ? compare(b.key, a.key) : compare(a.key, b.key);
    });
    const sorted = document.createDocumentFragment();
    for (const { row } of entries) sorted.appendChild(row);
    body.appendChild(sorted);
  }

  for (const head of all('section.bugs thead th')) {
    const button = document.createElement('button');
    button.type = 'button';
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener('click', () => sort(head));
  }
  form.addEventListener('input', filter);
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('reset', () => setTimeout(filter));
  form.hidden = false;
})();
`;
