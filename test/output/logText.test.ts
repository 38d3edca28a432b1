import { expect, it } from 'vitest'
import { logTexts } from '../../src/output/look/logText.ts'

const source = (id: string, container = 'web', of = 'prod/web') => ({
  of,
  taskArn: `arn:aws:ecs:eu-west-1:123456789012:task/prod/${id}`,
  container,
  logGroupName: '/app',
  logStreamName: 's',
})
const one = source('0123456789abcdef0123456789abcdef')
const other = source('fedcba98')

it('a line stands behind the service, the short task and the container, all lines in one column', () => {
  const text = logTexts({ color: false })
  expect(text({ source: one, message: 'hello' })).toBe('web/01234567 web │ hello\n')
  expect(text({ source: source('aaaaaaaa', 'sidecar', 'prod: migrate'), message: 'x' })).toBe(
    'migrate/aaaaaaaa sidecar │ x\n',
  )
  expect(text({ source: one, message: 'a' })).toBe('web/01234567 web         │ a\n')
})

it('every line of an event has what stands in front', () => {
  const text = logTexts({ color: false })
  expect(text({ source: one, message: 'Error\r\n  at a\n  at b' })).toBe(
    'web/01234567 web │ Error\nweb/01234567 web │   at a\nweb/01234567 web │   at b\n',
  )
})

it('the lines of a task are of one color, those of another task of another', () => {
  const text = logTexts({ color: true })
  const colorOf = (line: string): string => line.slice(0, line.indexOf('web/'))
  const [first, second, third] = [one, other, one].map((each) => colorOf(text({ source: each, message: 'x' })))
  expect(first).toBe('\u001b[36m')
  expect(second).toBe('\u001b[32m')
  expect(third).toBe(first)
})

it('what a container writes cannot move the cursor, color the rest or give a CI runner orders', () => {
  const text = logTexts({ color: false })
  expect(text({ source: one, message: '\u001b[2J\u001b[31mred\u0007 \u202eevil ##[error]x' })).toBe(
    'web/01234567 web │ red\\u{7} \\u{202e}evil # #[error]x\n',
  )
})
