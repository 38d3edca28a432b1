// Draws the lines of a terminal as SVG.

const themes = {
  light: {
    ground: '#ffffff',
    edge: '#d1d9e0',
    text: '#1f2328',
    dim: '#6e7781',
    31: '#cf222e',
    32: '#1a7f37',
    33: '#9a6700',
    36: '#0969da',
  },
  dark: {
    ground: '#0d1117',
    edge: '#30363d',
    text: '#e6edf3',
    dim: '#8b949e',
    31: '#ff7b72',
    32: '#3fb950',
    33: '#d29922',
    36: '#79c0ff',
  },
}

/** Of a character, in pixels. */
const [width, height] = [8.4, 20]
const [left, top, bottom] = [18, 46, 16]
const font =
  "ui-monospace, SFMono-Regular, 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', 'Liberation Mono', monospace"

/** A window with a command and what the terminal shows of it. */
export function svgOf(command, lines, { theme, columns }) {
  const colors = themes[theme]
  const prompt = Array.from(`$ ${command}`, (text, index) => ({ text, style: index === 0 ? ['32', '1'] : ['1'] }))
  const all = [prompt, ...lines]
  const [wide, high] = [Math.ceil(columns * width + 2 * left), top + all.length * height + bottom]
  const texts = all.flatMap((line, row) => spansOf(line).map((span) => textOf(span, top + row * height + 14, colors)))
  const dots = [31, 33, 32].map(
    (color, index) => `<circle cx="${left + 4 + index * 18}" cy="20" r="5.5" fill="${colors[color]}"/>`,
  )
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${wide}" height="${high}" viewBox="0 0 ${wide} ${high}" role="img">
<title>${escaped(command)}</title>
<rect x="0.5" y="0.5" width="${wide - 1}" height="${high - 1}" rx="10" fill="${colors.ground}" stroke="${colors.edge}"/>
${dots.join('')}
<g font-family="${font}" font-size="14" xml:space="preserve">
${texts.join('\n')}
</g>
</svg>
`
}

/** Neighbours of one style, without the spaces around them. */
function spansOf(line) {
  const spans = []
  for (const [column, { text, style }] of line.entries()) {
    const last = spans.at(-1)
    if (last?.style.join() === style.join()) last.text += text
    else spans.push({ column, text, style })
  }
  return spans
    .map(({ column, text, style }) => ({ column: column + text.search(/\S|$/), text: text.trim(), style }))
    .filter(({ text }) => text !== '')
}

function textOf({ column, text, style }, y, colors) {
  const color = style.includes('2') ? colors.dim : (colors[style.find((one) => one in colors)] ?? colors.text)
  const weight = style.includes('1') ? ' font-weight="600"' : ''
  // As long as on a terminal, whatever font is there.
  const length = ([...text].length * width).toFixed(1)
  const x = (left + column * width).toFixed(1)
  return `<text x="${x}" y="${y}" fill="${color}"${weight} textLength="${length}" lengthAdjust="spacingAndGlyphs">${escaped(text)}</text>`
}

const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
