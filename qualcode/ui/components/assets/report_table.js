// A table of the report. Texts go in as text only; cells with evidence are buttons.

const shown = new WeakMap()

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector('.qc-table')
  let state = shown.get(root)
  if (!state) {
    state = { key: '', send: null }
    shown.set(root, state)
    root.addEventListener('click', (event) => {
      const button = event.target.closest('button[data-row]')
      if (!button) return
      const { row, column } = button.dataset
      state.send('open', { table: state.table, row: Number(row), column: Number(column) })
    })
  }
  state.send = setTriggerValue
  state.table = data.table
  const key = JSON.stringify(data)
  if (state.key === key) return
  state.key = key
  root.replaceChildren(table(data))
}

function table(data) {
  const element = make('table')
  const total = data.columns.reduce((sum, column) => sum + column.width, 0)
  const columns = element.appendChild(make('colgroup'))
  for (const column of data.columns) {
    const one = columns.appendChild(make('col'))
    one.style.width = `${(100 * column.width) / total}%`
  }
  element.appendChild(head(data.columns))
  const body = element.appendChild(make('tbody'))
  const above = []
  for (const row of data.rows) body.appendChild(line(row, data, above))
  return element
}

function head(columns) {
  const element = make('thead')
  const grouped = columns.some((column) => column.group)
  if (grouped) {
    const upper = element.appendChild(make('tr'))
    for (let n = 0; n < columns.length; ) {
      const { group, title, align } = columns[n]
      let end = n + 1
      while (group && end < columns.length && columns[end].group === group) end += 1
      const cell = upper.appendChild(make('th', group || title))
      cell.colSpan = end - n
      cell.rowSpan = group ? 1 : 2
      cell.className = group ? 'centre' : align
      cell.scope = group ? 'colgroup' : 'col'
      n = end
    }
  }
  const lower = element.appendChild(make('tr'))
  for (const { group, title, align } of columns) {
    if (grouped && !group) continue
    const cell = lower.appendChild(make('th', title))
    cell.className = align
    cell.scope = 'col'
  }
  return element
}

function line(row, data, above) {
  const element = make('tr')
  element.className = [row.kind, row.italic ? 'italic' : ''].join(' ').trim()
  row.cells.forEach((value, n) => {
    if (value.joined && above[n]) {
      above[n].rowSpan += 1
      return
    }
    const cell = element.appendChild(make('td'))
    above[n] = cell
    if (row.kind === 'group') cell.colSpan = data.columns.length
    cell.className = data.columns[n].align
    // A name that is set in by spaces stays so where it goes on to another line.
    const deep = value.text.length - value.text.replace(/^\u2003+/, '').length
    if (deep) cell.style.paddingLeft = `${0.5 + deep}rem`
    value = deep ? { ...value, text: value.text.slice(deep) } : value
    if (n === 0 && row.level) cell.style.paddingLeft = `${0.5 + row.level}rem`
    if (value.strong) cell.classList.add('strong')
    if (!value.open || value.text === '' || value.text === '0') {
      cell.textContent = value.text
      return
    }
    const button = cell.appendChild(make('button', value.text))
    button.type = 'button'
    button.dataset.row = row.n
    button.dataset.column = n
    button.title = data.label
  })
  return element
}

function make(tag, text) {
  const element = document.createElement(tag)
  if (text !== undefined) element.textContent = text
  return element
}
