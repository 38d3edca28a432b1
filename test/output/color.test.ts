import { describe, expect, test } from 'vitest'
import { wantsColor, wantsLive } from '../../src/output/color.ts'

const terminal = { isTTY: true, columns: 80 }
const pipe = {}

describe('color', () => {
  test.each<[string, Record<string, string>, object, boolean]>([
    ['a terminal has color', {}, terminal, true],
    ['a pipe has none', {}, pipe, false],
    ['NO_COLOR switches it off', { NO_COLOR: '1' }, terminal, false],
    ['NO_COLOR=0 switches it off too, as no-color.org wants it', { NO_COLOR: '0' }, terminal, false],
    ['an empty NO_COLOR is none', { NO_COLOR: '' }, terminal, true],
    ['NO_COLOR wins over FORCE_COLOR', { NO_COLOR: '1', FORCE_COLOR: '1' }, terminal, false],
    ['FORCE_COLOR colors a pipe', { FORCE_COLOR: '1' }, pipe, true],
    ['an empty FORCE_COLOR is set, as in Node', { FORCE_COLOR: '' }, pipe, true],
    ['FORCE_COLOR=0 is off', { FORCE_COLOR: '0' }, terminal, false],
    ['FORCE_COLOR=false is off', { FORCE_COLOR: 'false' }, terminal, false],
    ['FORCE_COLOR=3 is on', { FORCE_COLOR: '3' }, pipe, true],
    ['FORCE_COLOR wins over TERM=dumb', { FORCE_COLOR: '1', TERM: 'dumb' }, pipe, true],
    ['a dumb terminal has none', { TERM: 'dumb' }, terminal, false],
    ['the log of GitHub Actions has color', { GITHUB_ACTIONS: 'true' }, pipe, true],
    ['the log of GitLab CI has color', { GITLAB_CI: 'true' }, pipe, true],
    ['GITLAB_CI=false is not GitLab CI', { GITLAB_CI: 'false' }, pipe, false],
    ['the log of another CI system has none', { CI: 'true' }, pipe, false],
    ['TERM=dumb wins over GitHub Actions', { GITHUB_ACTIONS: 'true', TERM: 'dumb' }, pipe, false],
  ])('%s', (_title, environment, stream, wanted) => {
    expect(wantsColor(environment, stream)).toBe(wanted)
  })
})

describe('the live view', () => {
  test.each<[string, Record<string, string>, object, boolean]>([
    ['is for a terminal', { TERM: 'xterm' }, terminal, true],
    ['is not for a pipe', {}, pipe, false],
    ['is not for a pipe that knows a width', {}, { columns: 80 }, false],
    ['is not for CI', { CI: 'true' }, terminal, false],
    ['is not for CI=1', { CI: '1' }, terminal, false],
    ['is for CI=false', { CI: 'false' }, terminal, true],
    ['is for an empty CI', { CI: '' }, terminal, true],
    ['is not for a dumb terminal', { TERM: 'dumb' }, terminal, false],
    ['is not for a terminal of no width', {}, { isTTY: true, columns: 0 }, false],
    ['is not for a terminal of unknown width', {}, { isTTY: true }, false],
    ['needs no color', { NO_COLOR: '1' }, terminal, true],
  ])('%s', (_title, environment, stream, wanted) => {
    expect(wantsLive(environment, stream)).toBe(wanted)
  })
})
