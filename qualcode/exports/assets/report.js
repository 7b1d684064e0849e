// Every number opens the answers it was counted from; long tables can be filtered. No network.
(() => {
  const evidence = JSON.parse(document.getElementById('evidence').textContent)
  const words = JSON.parse(document.getElementById('words').textContent)
  const dialog = document.querySelector('dialog')
  const [title, list, close] = dialog.children
  const AT_A_TIME = 50

  // "0-4,9" -> [0, 1, 2, 3, 4, 9]
  const places = (ranges) =>
    ranges.split(',').flatMap((range) => {
      const [first, last = first] = range.split('-').map(Number)
      return Array.from({ length: last - first + 1 }, (_, n) => first + n)
    })

  const card = (n) => {
    const [text, speaker, question, place, count] = evidence[n]
    const article = document.createElement('article')
    const said = document.createElement('p')
    said.textContent = count > 1 ? `${text} × ${count}` : text
    const facts = document.createElement('small')
    facts.textContent = [`[${n + 1}]`, speaker, question, place].filter(Boolean).join(' · ')
    article.append(said, facts)
    return article
  }

  const show = (numbers, from) => {
    list.append(...numbers.slice(from, from + AT_A_TIME).map(card))
    if (from + AT_A_TIME >= numbers.length) return
    const more = document.createElement('button')
    more.type = 'button'
    more.textContent = words.more
    more.onclick = () => {
      more.remove()
      show(numbers, from + AT_A_TIME)
    }
    list.append(more)
  }

  // A part of a figure says in its title what it shows.
  const open = (opener) => {
    const numbers = places(opener.dataset.e)
    const part = opener.querySelector('title')
    title.textContent = part
      ? words.behind.replace('%n', part.textContent)
      : words.answers.replace('%n', opener.textContent)
    list.replaceChildren()
    show(numbers, 0)
    dialog.showModal()
    dialog.scrollTop = 0
  }

  document.addEventListener('click', (event) => {
    const opener = event.target.closest('[data-e]')
    if (opener) open(opener)
  })
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' && event.key !== ' ') return
    const part = event.target.closest('svg [data-e]')
    if (!part) return
    event.preventDefault()
    open(part)
  })
  close.addEventListener('click', () => dialog.close())
  dialog.addEventListener('click', (event) => event.target === dialog && dialog.close())

  for (const section of document.querySelectorAll('.table')) {
    const rows = [...section.querySelectorAll('tbody tr')]
    if (rows.length < 15) continue
    const field = document.createElement('input')
    field.className = 'filter'
    field.type = 'search'
    field.placeholder = words.filter
    field.setAttribute('aria-label', words.filter)
    field.addEventListener('input', () => {
      const wanted = field.value.trim().toLocaleLowerCase()
      for (const row of rows) row.hidden = !row.textContent.toLocaleLowerCase().includes(wanted)
    })
    section.prepend(field)
  }
})()
