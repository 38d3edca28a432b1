import { describe, expect, it } from 'vitest'
import { cliPage } from '../../scripts/cliPage.ts'
import { commands } from './commands.ts'
import { pages, rows, section, text } from './pages.ts'

describe('the page of all commands', () => {
  it('is the one that the commands make: npm run cli-page writes it', async () => {
    expect(text('docs/cli.md')).toBe(await cliPage())
  })

  it('has a section for every command', () => {
    const sections = [...text('docs/cli.md').matchAll(/^## (.+)$/gm)].map(([, name = '']) => name)
    expect(sections.toSorted()).toEqual(commands.map(({ name }) => name).toSorted())
  })
})

describe('the README', () => {
  const deploy = commands.find(({ name }) => name === 'deploy')!

  it('has at most 180 lines', () => {
    expect(text('README.md').trimEnd().split('\n').length).toBeLessThanOrEqual(180)
  })

  it('shows five commands, which exist', () => {
    const named = rows(section(text('README.md'), 'Commands')).flatMap(
      ([cell = '']) => /^`npx ecs-task ([a-z]+(?: [a-z]+)*)/.exec(cell)?.[1] ?? [],
    )
    expect(named.length).toBe(5)
    expect(named.filter((name) => !commands.some((command) => command.name === name))).toEqual([])
  })

  it('shows six options, which a deploy takes', () => {
    const named = rows(section(text('README.md'), 'Commands')).flatMap(
      ([cell = '']) => /^`(--[\w-]+)/.exec(cell)?.[1] ?? [],
    )
    expect(named.length).toBe(6)
    expect(named.filter((name) => !deploy.takes(name))).toEqual([])
  })
})

it('the index has every page but itself', () => {
  const index = text('docs/README.md')
  const own = pages.flatMap((page) => /^docs\/([\w.-]+\.md)$/.exec(page)?.[1] ?? [])
  expect(own.filter((page) => page !== 'README.md' && !index.includes(`](${page})`))).toEqual([])
})

it('an option is found by its name, also in a group, with its default', () => {
  const option = (name: string) =>
    commands.find((command) => command.name === 'deploy')?.options.find((one) => one.name === name)
  expect(option('--timeout')).toMatchObject({ hasDefault: true })
  expect(option('--timeout')?.isDefault('15m')).toBe(true)
  expect(option('--timeout')?.isDefault('16m')).toBe(false)
  expect(option('--no-wait')).toMatchObject({ hasDefault: false })
  expect(option('--region')).toMatchObject({ hasDefault: false })
})
