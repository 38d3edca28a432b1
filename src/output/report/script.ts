/** The script of a report: filters the table of events, and opens all that is folded before it is printed. */
export const script = `
'use strict'
const rows = [...document.querySelectorAll('#events tbody tr')]
const text = document.querySelector('#filter-text')
const type = document.querySelector('#filter-type')
const count = document.querySelector('#filter-count')
const texts = rows.map((row) => row.textContent.toLowerCase())
const filter = () => {
  const words = text.value.toLowerCase().split(' ').filter(Boolean)
  let shown = 0
  rows.forEach((row, index) => {
    const fits = (type.value === '' || row.dataset.type === type.value) && words.every((word) => texts[index].includes(word))
    row.hidden = !fits
    if (fits) shown++
  })
  count.textContent = shown + ' of ' + rows.length + ' events'
}
if (text) {
  text.addEventListener('input', filter)
  type.addEventListener('change', filter)
  document.querySelector('.filter').hidden = false
  const asked = new URLSearchParams(location.hash.slice(1))
  if (asked.has('filter')) text.value = asked.get('filter')
  filter()
}
let folded = []
addEventListener('beforeprint', () => {
  folded = [...document.querySelectorAll('details:not([open])')]
  folded.forEach((one) => { one.open = true })
})
addEventListener('afterprint', () => folded.forEach((one) => { one.open = false }))
document.documentElement.dataset.ready = 'true'
`
