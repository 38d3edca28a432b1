import { describe, expect, it } from 'vitest'
import { permissionOf } from '../../src/aws/permission.ts'
import { checks } from '../../src/deploy/verify/checks.ts'
import { definitionCheck } from '../../src/deploy/verify/verify.ts'
import { rows, section, text } from './pages.ts'

const page = text('docs/verify.md')
const table = rows(section(page, 'Checks')).flatMap(([names = '', , offline = '']) =>
  [...names.matchAll(/`(\w+)`/g)].map(([, name = '']) => ({ name, isOffline: offline === 'yes' })),
)

describe('docs/verify.md', () => {
  it('has every check, and says which need no account', () => {
    const all = checks.map(({ name, offline = false }) => ({ name, isOffline: offline }))
    const byName = (one: { name: string }, other: { name: string }): number => (one.name < other.name ? -1 : 1)
    expect(table.toSorted(byName)).toEqual([{ name: definitionCheck, isOffline: true }, ...all].toSorted(byName))
  })

  it('grants what checks need and nothing else does', () => {
    const granted = [...section(page, 'Permissions').matchAll(/"(\w+:\w+)"/g)].map(([, action]) => action)
    const needed = new Set(checks.flatMap(({ needs }) => needs).map(permissionOf))
    expect(granted.filter((action) => !needed.has(action ?? ''))).toEqual([])
  })
})
