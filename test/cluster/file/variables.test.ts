import { describe, expect, test } from 'vitest'
import { containerOf, problemsOf, serviceOf } from './support.ts'

describe('a variable', () => {
  test.each([
    ['$TAG', 'v2'],
    ['${TAG}', 'v2'],
    ['a-${TAG}-$TAG', 'a-v2-v2'],
    ['$$TAG', '$TAG'],
    ['$$$TAG', '$v2'],
    ['"$TAG"', 'v2'],
    ["'$TAG'", 'v2'],
    ['$EMPTY', ''],
    ['costs 5$', 'costs 5$'],
    ['$1 $(date) $', '$1 $(date) $'],
  ])('is filled in: %s is %s', (written, read) => {
    expect(
      containerOf(`environment: {A: ${written.includes('{') ? `"${written}"` : written}}`, '', env).environment,
    ).toEqual({ A: read })
  })

  const env = { TAG: 'v2', EMPTY: '', COUNT: '3', ON: 'true' }

  test('is filled in any value, with the type of the value', () => {
    const web = serviceOf('desired_count: $COUNT\nprivileged: $ON\ncommand: [run, $TAG]', '', env)
    expect([web.desiredCount, web.containers[0].privileged, web.containers[0].command]).toEqual([
      3,
      true,
      ['run', 'v2'],
    ])
  })

  test('is not filled in a key', () => {
    expect(containerOf('environment: {$TAG: a}', '', env).environment).toEqual({ $TAG: 'a' })
  })

  test('that is not set is reported at its place, also in a text of several lines', () => {
    const keys =
      'command: |\n  echo $TAG\n  echo $NONE ${TOKEN}\nenvironment:\n  A: "b$$ ${TAG}$OTHER"\n  B: ${C:-d}\n  D: ${'
    expect(problemsOf(keys, '', env)).toEqual([
      '7:14: the variable NONE is not set; set it, or write $$ for a dollar sign',
      '7:20: the variable TOKEN is not set; set it, or write $$ for a dollar sign',
      '9:23: the variable OTHER is not set; set it, or write $$ for a dollar sign',
      '10:12: "${C:-d}" is no variable; write ${NAME}, or $$ for a dollar sign',
      '11:12: "${" is never closed; write ${NAME}, or $$ for a dollar sign',
    ])
  })

  test('never shows its value in a problem', () => {
    const hidden = { S: 'hunter2' }
    const keys = [
      'memory_reservation: $S',
      'privileged: $S',
      'type: $S',
      'ports: [$S]',
      'volumes: [$S]',
      'depends_on: [a-$S]',
      'network: {subnets: [$S]}',
      'command: [[$S]]',
      'entrypoint: "it\'s $S"',
      'healthcheck: {command: [$S, a]}',
      'environment: ["A=$S", "$S"]',
    ].join('\n')
    const problems = problemsOf(keys, '', hidden)
    expect(problems.length).toBeGreaterThanOrEqual(11)
    expect(problems.join('\n')).not.toContain('hunter2')
  })
})
