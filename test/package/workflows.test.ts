import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import manifest from '../../package.json' with { type: 'json' }
import { filesIn, text } from '../docs/pages.ts'

interface Job {
  readonly permissions?: Readonly<Record<string, string>>
  readonly needs?: string
  readonly uses?: string
  readonly strategy?: { readonly matrix: { readonly node: readonly number[] } }
  readonly steps?: readonly { readonly uses?: string; readonly run?: string; readonly with?: object }[]
}

interface Workflow {
  readonly on: Readonly<Record<string, object | null>>
  readonly permissions: object
  readonly jobs: Readonly<Record<string, Job>>
}

const files = filesIn('.github/workflows')
const read = (file: string): Workflow => parse(text(`.github/workflows/${file}`))
const [ci, release] = [read('ci.yml'), read('release.yml')]
const commandsOf = ({ steps = [] }: Job): string[] => steps.flatMap(({ run }) => run ?? [])

describe.each(files)('the workflow %s', (file) => {
  const { permissions, jobs } = read(file)
  const steps = Object.values(jobs).flatMap(({ steps: all = [] }) => all)

  it('may do nothing but what a job asks for, which is to read, or to say who it is', () => {
    expect(permissions).toEqual({})
    const rights = Object.values(jobs).flatMap((job) => Object.entries(job.permissions ?? {}))
    expect(rights.filter(([name, right]) => right === 'write' && name !== 'id-token')).toEqual([])
  })

  it('pins every action of others to a commit, and says which version that is', () => {
    const lines = text(`.github/workflows/${file}`).split('\n')
    const uses = lines.filter((line) => /^\s*-? ?uses: (?!\.\/)/.test(line))
    expect(uses.filter((line) => !/uses: [\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))).toEqual([])
    expect(uses).toHaveLength(steps.filter((step) => step.uses).length)
  })

  it('keeps no token of the repository in what it has checked out', () => {
    const checkouts = steps.filter((step) => step.uses?.startsWith('actions/checkout@'))
    expect(checkouts.every((step) => 'persist-credentials' in (step.with ?? {}))).toBe(true)
  })

  it('puts no text of others into a command: a title or a branch could hold one', () => {
    expect(steps.flatMap(({ run = '' }) => /\$\{\{.*\}\}/.exec(run)?.[0] ?? [])).toEqual([])
  })

  it('runs scripts that there are', () => {
    const names = Object.values(jobs)
      .flatMap(commandsOf)
      .flatMap((command) => /^npm (?:run )?(check|test[\w:]*)/.exec(command)?.[1] ?? [])
    expect(names.filter((name) => !(name in manifest.scripts))).toEqual([])
  })
})

describe('continuous integration', () => {
  it('tests under each Node that is supported, the oldest of which package.json names', () => {
    expect(ci.jobs['test']?.strategy?.matrix.node).toEqual([20, 22, 24])
    expect(manifest.engines.node).toMatch(/^>=20\./)
  })

  it('tests every pull request, and what a release is made of', () => {
    expect(Object.keys(ci.on)).toEqual(['push', 'pull_request', 'workflow_call'])
    expect(commandsOf(ci.jobs['test']!)).toEqual(expect.arrayContaining(['npm run check', 'npm test']))
  })
})

describe('a release', () => {
  it('is tested, then packed, then published, for a tag and nothing else', () => {
    expect(release.on).toEqual({ push: { tags: ['v*'] } })
    const { test, pack, publish } = release.jobs
    expect([test?.uses, pack?.needs, publish?.needs]).toEqual(['./.github/workflows/ci.yml', 'test', 'pack'])
    expect(commandsOf(pack!)).toContain('npm pack')
  })

  it('can publish in one job alone, which runs nothing but npm publish with provenance', () => {
    const mayPublish = Object.entries(release.jobs).filter(([, { permissions }]) => permissions?.['id-token'])
    expect(mayPublish.map(([name]) => name)).toEqual(['publish'])
    expect(commandsOf(release.jobs['publish']!)).toEqual([
      expect.stringMatching(/^npm publish --provenance .*--ignore-scripts/),
    ])
  })
})

it('packages, actions and the Python packages of tests are kept up to date', () => {
  const { updates }: { updates: { 'package-ecosystem': string }[] } = parse(text('.github/dependabot.yml'))
  expect(updates.map((one) => one['package-ecosystem'])).toEqual(['npm', 'github-actions', 'pip'])
})
