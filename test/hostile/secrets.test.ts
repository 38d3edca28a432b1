// What is secret is shown nowhere, and everything else is.
import { describe, expect, test } from 'vitest'
import { redactor } from '../../src/definition/secrets/redact.ts'
import type { ToldEvent } from '../../src/engine/events.ts'
import { json } from '../../src/output/listeners/json.ts'
import { plain } from '../../src/output/listeners/plain.ts'
import { tty } from '../../src/output/listeners/tty.ts'
import { planText } from '../../src/output/planText.ts'
import { ofClasses } from '../commands/inProcess.ts'
import { fixturesOf, ofType, stage } from '../deploy/support.ts'
import { nameOf } from '../../src/ground/names.ts'
import { fakeScreen } from '../output/screen.ts'
import { declaring, elsewhere, lines, variables } from './secretsCorpus.ts'

const topic = 'arn:aws:sns:us-east-1:123456789012:deploys'
const everyVariable = declaring(variables, topic)

/** What no text of a run may hold, and what a line or a variable must leave. */
const hiddenEverywhere = [
  ...variables.flatMap(({ hides = [] }) => hides),
  ...lines.flatMap(({ hides }) => hides),
  ...elsewhere,
]

describe('each line of a log is shown without its secrets, and with all the rest', () => {
  const redact = redactor([everyVariable])
  test.each(lines)('$text', ({ text, hides, shows }) => {
    const shown = redact(text)
    expect(hides.filter((part) => shown.includes(part))).toEqual([])
    expect(shows.filter((part) => !shown.includes(part))).toEqual([])
    expect(redact(shown)).toBe(shown)
  })
})

test('debug shows each variable without its secrets, and with all the rest', async () => {
  const { stdout, exitCode } = await ofClasses({ WebTask: everyVariable })(['debug'])
  expect(exitCode).toBe(0)
  const { environment } = JSON.parse(stdout).taskDefinition.containerDefinitions[0]
  const wrong = variables.flatMap(({ name, value, hides = [], hidesHere = [], shows = [] }, index) => {
    const shown: string = environment[index].value
    const isWrong =
      [...hides, ...hidesHere].some((part) => shown.includes(part)) || shows.some((part) => !shown.includes(part))
    return isWrong ? [`${name}: ${value} is shown as ${shown}`] : []
  })
  expect(wrong).toEqual([])
  expect(leaksIn(stdout)).toEqual([])
  for (const text of ['team-blue-7', '/ecs/web', 'secret:registry-AbCdEf', '--verbose', 'migrate-7'])
    expect(stdout).toContain(text)
})

test('a deploy and its dry run tell no secret on a terminal, in lines, in JSON and to SNS; nor what the revision before had', async () => {
  const before = variables.map(({ name, value }) => ({ name, value: name.endsWith('KEY') ? `old-${value}` : value }))
  const old = declaring([...before, { name: 'GONE_PASSWORD', value: 'g0ne-Pw-1' }], topic)
  const staged = stage(everyVariable, { made: fixturesOf([old]) })
  const dry = await staged.deploy('v2.14.0', { dryRun: true })
  const text = planText(dry.plan!, { color: false, columns: 80 })
  expect(leaksIn(text)).toEqual([])
  expect(text).toContain('migrate-7')

  const outputs = listening()
  const result = await staged.deploy('v2.14.0', {
    listeners: outputs.listeners,
  })
  expect(result.exitCode).toBe(0)
  expect([...leaksIn(outputs.plain()), ...leaksIn(outputs.tty()), ...leaksIn(outputs.json())]).toEqual([])
  const messages = staged.published(topic).map(({ Message }): string => Message)
  expect(messages.some((message) => message.includes('register_task_definition'))).toBe(true)
  expect(leaksIn(messages.join('\n'))).toEqual([])
  for (const said of [outputs.plain(), outputs.json(), messages.join('\n')]) {
    expect(said).not.toContain('g0ne-Pw-1')
    expect(said).toContain('my_cluster')
  }
})

test('the lines that a one-off task logs are told without secrets on a terminal, in lines and in JSON', async () => {
  const staged = stage(everyVariable)
  const outputs = listening()
  const events: ToldEvent[] = []
  const said = new Set<string>()
  await staged.deploy('v2', {
    listeners: [
      ...outputs.listeners,
      {
        hear(event) {
          events.push(event)
          if (event.type !== 'task.progressed' || said.has(event.taskArn) || event.lastStatus !== 'RUNNING') return
          said.add(event.taskArn)
          staged.call('logs', 'PutLogEvents', {
            logGroupName: '/ecs/web',
            logStreamName: `ecs/web/${nameOf(event.taskArn)}`,
            logEvents: lines.map(({ text }) => ({ timestamp: staged.clock.now(), message: text })),
          })
        },
      },
    ],
  })
  // The local AWS says two lines of its own.
  const all = ofType(events, 'log.received').map(({ message }) => message)
  const first = all.findIndex((message) => message.startsWith('using '))
  const told = all.slice(first, first + lines.length)
  expect(all).toHaveLength(lines.length + 2)
  const missing = lines.flatMap(({ shows }, index) => shows.filter((part) => !told[index]!.includes(part)))
  expect(missing).toEqual([])
  expect([...leaksIn(outputs.plain()), ...leaksIn(outputs.tty()), ...leaksIn(outputs.json())]).toEqual([])
})

test('an error of a definition says nothing of what is secret, whatever its getters throw', async () => {
  const thrower = (line: (typeof lines)[number] | undefined) => (): never => {
    throw new Error(line?.text ?? 'nothing')
  }
  // Three at once: a class has three members that may throw beside its task definition.
  const classes = lines.flatMap((_, index) => (index % 3 === 0 ? [lines.slice(index, index + 3)] : []))
  const declared = Object.fromEntries(
    classes.map((few, index) => [
      `Task${index}`,
      Object.defineProperties(
        { taskDefinition: everyVariable.taskDefinition },
        {
          updateServices: { get: thrower(few[0]) },
          runTasks: { get: thrower(few[1]) },
          eventTargets: { get: thrower(few[2]) },
        },
      ),
    ]),
  )
  const { stderr, exitCode } = await ofClasses(declared)(['deploy', 'v1'])
  expect(exitCode).toBe(2)
  expect(leaksIn(stderr)).toEqual([])
  expect(stderr).toContain('Starting production server on port 8080')
})

function listening() {
  const screen = fakeScreen({ columns: 400, rows: 400 })
  const [plainly, asJson]: [string[], string[]] = [[], []]
  const onScreen = tty(screen, { color: false, ...screen.doors })
  return {
    listeners: [plain((line) => plainly.push(line), { color: false }), json((line) => asJson.push(line)), onScreen],
    plain: () => plainly.join('\n'),
    json: () => asJson.join('\n'),
    tty: () => screen.written.join(''),
  }
}

function leaksIn(text: string): string[] {
  return hiddenEverywhere.filter(
    (secret) => text.includes(secret) || text.includes(JSON.stringify(secret).slice(1, -1)),
  )
}
