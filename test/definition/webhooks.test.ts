// What a class may say of webhooks and of the methods around its deploy.
import { describe, expect, it } from 'vitest'
import { read } from '../../src/definition/read.ts'
import { problemsOf, problemsIn, web } from './problemsOf.ts'

const slack = 'https://hooks.slack.com/services/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'
const all = ['started', 'succeeded', 'failed', 'paused']
const reading = (members: object) => read({ ...web, ...members }, 'WebTask')

describe('notifications', () => {
  it('are read with their defaults, and are none without any', () => {
    expect(reading({}).definition.notifications).toEqual([])
    const notifications = [
      { webhook: slack, format: 'slack', events: ['failed', 'failed'] },
      { webhook: 'http://localhost:3000/x', events: undefined },
    ]
    expect(reading({ notifications }).definition.notifications).toEqual([
      { webhook: slack, format: 'slack', events: ['failed'] },
      { webhook: 'http://localhost:3000/x', format: 'json', events: all },
    ])
  })

  it.each([
    ['undefined', undefined],
    ['empty', ''],
  ])('whose webhook is %s are left out with a warning', (how, webhook) => {
    const { definition, warnings } = reading({ notifications: [{ webhook, format: 'slack' }, { webhook: slack }] })
    expect(definition.notifications).toMatchObject([{ webhook: slack }])
    expect(warnings).toEqual([`WebTask/notifications/0/webhook: is ${how}; this notification is skipped`])
  })

  it('are refused with every problem at once, and without their URLs', () => {
    const notifications = [
      slack,
      {},
      { webhook: 7 },
      { webhook: 'hooks.slack.com/services/T024BE7LD' },
      { webhook: slack.replace('https', 'http') },
      { webhook: slack.replace('hooks', 'me:T024BE7LD@hooks') },
      { webhook: 'https://hooks.slack.com/services/undefined' },
      { webhook: slack, events: 'failed', format: 'Slack' },
      { webhook: slack, events: ['sucess', 1], formats: 'json' },
      { webhook: slack, events: [], url: slack },
      undefined,
    ]
    const problems = problemsOf({ notifications })
    expect(problems).toEqual(
      [
        "0: must be an object, as in { webhook, format: 'slack' }, not a string",
        '1/webhook: is missing',
        '2/webhook: must be a URL, not 7',
        '3/webhook: must be a URL that begins with https://',
        '4/webhook: must begin with https://; http is allowed only to this machine',
        '5/webhook: must not contain a user name or a password',
        '6/webhook: has undefined in it, which an unset variable leaves behind',
        "7/events: must be a list, as in ['failed'], not a string",
        '7/format: must be one of slack, json, not "Slack"; did you mean slack?',
        '8/formats: is not a member of a notification; did you mean format?',
        '8/events/0: must be one of started, succeeded, failed, paused, not "sucess"',
        '8/events/1: must be one of started, succeeded, failed, paused, not 1',
        '9/url: is not a member of a notification; it has webhook, events, format',
        '9/events: is empty; leave it out for all of started, succeeded, failed, paused',
        "10: must be an object, as in { webhook, format: 'slack' }, not undefined",
      ].map((problem) => `WebTask/notifications/${problem}`),
    )
    expect(problems.join('\n')).not.toMatch(/T024BE7LD|hq3XvWc81/)
  })

  it.each([[{}], ['x'], [null], [7]])('are refused where they are no list: %j', (notifications) => {
    expect(problemsOf({ notifications })).toEqual([
      expect.stringMatching(/^WebTask\/notifications: must be a list, as in /),
    ])
  })

  it.each(['notification', 'notfications'])('are meant by %s', (name) => {
    expect(problemsOf({ [name]: [] })).toEqual([`WebTask/${name}: is not a member; did you mean notifications?`])
  })

  it('have no part in an error that a getter throws', () => {
    const throwing = {
      notifications: [{ webhook: slack }],
      get updateServices(): never {
        throw new Error(`cannot reach ${slack}, nor hq3XvWc81LmTpR5sYd0aKe7N`)
      },
    }
    const source = Object.defineProperties({ ...web }, Object.getOwnPropertyDescriptors(throwing))
    expect(problemsIn(source)).toEqual(["WebTask/updateServices: can't be read: cannot reach •••, nor •••"])
  })
})

describe('methods around a deploy', () => {
  it('may be methods, fields, or not there', () => {
    expect(problemsOf({ beforeDeploy() {}, afterDeploy: async () => {}, afterFailure: undefined })).toEqual([])
  })

  it('are refused where they are none', () => {
    const throwing = {
      get afterFailure(): never {
        throw new Error('no')
      },
    }
    const source = Object.defineProperties({ ...web, beforeDeploy: 'x' }, Object.getOwnPropertyDescriptors(throwing))
    expect(problemsIn(source)).toEqual([
      'WebTask/beforeDeploy: must be a method, as in async beforeDeploy() {}, not a string',
      "WebTask/afterFailure: can't be read: no",
    ])
  })

  it.each([
    ['before_deploy', 'beforeDeploy'],
    ['beforeDeployment', 'beforeDeploy'],
    ['afterdeploy', 'afterDeploy'],
    ['afterFailed', 'afterFailure'],
  ])('are meant by %s, which would never be called', (name, meant) => {
    class Web {
      taskDefinition = web.taskDefinition
    }
    Object.defineProperty(Web.prototype, name, { value: () => {} })
    expect(problemsIn(new Web())).toEqual([`WebTask/${name}: is not a member; did you mean ${meant}?`])
  })
})
