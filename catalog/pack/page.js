(() => {
  const root = document.documentElement;
  const press = (name, value) => {
    if (name === 'theme') value === 'auto' ? root.removeAttribute('data-theme') : root.setAttribute('data-theme', value);
    else { root.lang = root.dataset.lang = value; document.title = document.querySelector('h1 .t[lang=' + value + ']').textContent; }
    for (const button of document.querySelectorAll('[data-' + name + '-to]'))
      button.setAttribute('aria-pressed', String(button.getAttribute('data-' + name + '-to') === value));
  };
  for (const name of ['lang', 'theme'])
    for (const button of document.querySelectorAll('[data-' + name + '-to]'))
      button.addEventListener('click', () => press(name, button.getAttribute('data-' + name + '-to')));
  press('lang', navigator.language.startsWith('ja') ? 'ja' : 'en');
  const reveal = () => {
    const target = location.hash && document.getElementById(location.hash.slice(1));
    if (target && target.tagName === 'DETAILS') { target.open = true; target.scrollIntoView(); }
  };
  addEventListener('hashchange', reveal);
  reveal();
  const closed = [];
  addEventListener('beforeprint', () => {
    for (const each of document.querySelectorAll('details:not([open])')) { each.open = true; closed.push(each); }
  });
  addEventListener('afterprint', () => { for (const each of closed.splice(0)) each.open = false; });
})();
