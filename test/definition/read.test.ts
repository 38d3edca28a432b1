import { describe, expect, it } from 'vitest'
import type { Declared, ServiceUpdate, TaskDefinition } from '../../src/definition/definition.ts'
import { read, readAll } from '../../src/definition/read.ts'
import { localAws } from '../local/support.ts'
import { problemsIn, problemsOf, target, web } from './problemsOf.ts'

/** What AWS sets of a task definition. */
const readOnly = [
  'taskDefinitionArn',
  'revision',
  'status',
  'requiresAttributes',
  'compatibilities',
  'registeredAt',
  'registeredBy',
]

describe('a definition', () => {
  it('is what a class declares as fields', () => {
    const declared = {
      taskDefinition: web.taskDefinition,
      updateServices: [{ cluster: 'prod', service: 'web' }],
      runTasks: [{ cluster: 'prod', overrides: { containerOverrides: [{ name: 'web', command: ['migrate'] }] } }],
      eventTargets: [{ Rule: 'nightly', Targets: [target] }],
      schedules: [{ Name: 'nightly', EndDate: new Date(0), Target: { EcsParameters: { TaskCount: 2 } } }],
      after: ['Migrations'],
      activeTaskCount: 3,
      lock: 's3://my-bucket/locks',
      snsNotificationTopicArn: 'arn:aws:sns:eu-west-1:123456789012:deployments',
      notificationMethodBlacklistRegex: /^list_/i,
      notifications: [{ webhook: 'https://hooks.example.com/x', events: ['failed'], format: 'slack' }] as const,
    }
    class WebTask {
      taskDefinition = declared.taskDefinition
      runTasks = declared.runTasks
      updateServices = declared.updateServices
      eventTargets = declared.eventTargets
      schedules = declared.schedules
      after = declared.after
      activeTaskCount = declared.activeTaskCount
      lock = declared.lock
      snsNotificationTopicArn = declared.snsNotificationTopicArn
      notificationMethodBlacklistRegex = declared.notificationMethodBlacklistRegex
      notifications = declared.notifications
    }
    expect(read(new WebTask(), 'WebTask')).toStrictEqual({ definition: { name: 'WebTask', ...declared }, warnings: [] })
  })

  it.each(['', 'default'])('of a class that nobody has named goes by its family: "%s"', (className) => {
    expect(read(web, className).definition.name).toBe(web.taskDefinition.family)
    expect(() => read({} as Declared, className)).toThrow(
      expect.objectContaining({ problems: [expect.stringMatching(/^class\//)] }),
    )
  })

  it('has by default no services, tasks, targets and schedules, ten active revisions, no topic and no webhook', () => {
    expect(read(web, 'WebTask').definition).toStrictEqual({
      name: 'WebTask',
      taskDefinition: web.taskDefinition,
      updateServices: [],
      runTasks: [],
      eventTargets: [],
      schedules: [],
      after: [],
      activeTaskCount: 10,
      lock: undefined,
      snsNotificationTopicArn: undefined,
      notificationMethodBlacklistRegex: /^describe_|get_|list_|.*register_task/,
      notifications: [],
    })
  })

  it('may be declared with getters, inherited ones too', () => {
    class Base {
      services: ServiceUpdate[] = [{ service: 'web' }]
      get taskDefinition(): TaskDefinition {
        return web.taskDefinition
      }
      get updateServices(): ServiceUpdate[] {
        return this.services
      }
    }
    class WebTask extends Base {
      override get updateServices(): ServiceUpdate[] {
        return [...super.updateServices, { service: 'worker' }]
      }
    }
    const { definition } = read(new WebTask(), 'WebTask')
    expect(definition.taskDefinition).toStrictEqual(web.taskDefinition)
    expect(definition.updateServices).toStrictEqual([{ service: 'web' }, { service: 'worker' }])
  })

  it('is read once: a getter that returns something else each time is called once', () => {
    const asked = { activeTaskCount: 0, count: 0 }
    const { definition } = read(
      {
        ...web,
        get activeTaskCount() {
          return ++asked.activeTaskCount
        },
        runTasks: [
          {
            get count() {
              return ++asked.count
            },
          },
        ],
      },
      'WebTask',
    )
    expect(definition).toMatchObject({ activeTaskCount: 1, runTasks: [{ count: 1 }] })
    expect(asked).toEqual({ activeTaskCount: 1, count: 1 })
  })

  it('keeps an AWS input as declared: order, empty values, undefined members and unknown ones', () => {
    const taskDefinition = {
      tags: [],
      family: 'web',
      taskRoleArn: '',
      cpu: undefined,
      containerDefinitions: [
        { image: 'web', newerThanUs: { a: [1, null, 'x', { b: true }] }, name: 'web', command: [] },
      ],
    }
    const { definition } = read({ taskDefinition }, 'WebTask')
    expect(definition.taskDefinition).toStrictEqual(taskDefinition)
    expect(JSON.stringify(definition.taskDefinition)).toBe(JSON.stringify(taskDefinition))
  })

  it.each<[title: string, pasted: (taskDefinition: object, tags: object[]) => object]>([
    ['as a whole', (taskDefinition, tags) => ({ taskDefinition, tags })],
    ['without what stands beside it', (taskDefinition, tags) => ({ ...taskDefinition, tags: tags.slice(1) })],
  ])('takes what DescribeTaskDefinition answers, pasted %s, with one warning', (_title, pasted) => {
    const { call } = localAws()
    const input = { family: 'web', containerDefinitions: [{ name: 'web', image: 'web:v1', memory: 64 }] }
    const { taskDefinition } = call('ecs', 'RegisterTaskDefinition', input)
    const tags = [
      { key: 'aws:cloudformation:stack-name', value: 'shop' },
      { key: 'team', value: 'shop' },
    ]
    const { definition, warnings } = read({ taskDefinition: pasted(taskDefinition, tags) } as Declared, 'WebTask')
    expect(warnings).toEqual([
      `WebTask/taskDefinition: left out what AWS sets itself: ${Object.keys(taskDefinition)
        .filter((member) => readOnly.includes(member))
        .join(', ')}`,
    ])
    expect(Object.keys(definition.taskDefinition).filter((member) => readOnly.includes(member))).toEqual([])
    expect(definition.taskDefinition).toMatchObject({ ...input, tags: tags.slice(1) })
    const again = call('ecs', 'RegisterTaskDefinition', structuredClone(definition.taskDefinition))
    expect(again.taskDefinition.revision).toBe(2)
  })

  it('is frozen at every depth', () => {
    const { definition } = read({ ...web, updateServices: [{ service: 'web', loadBalancers: [{}] }] }, 'WebTask')
    const open: string[] = []
    const visit = (value: unknown, path: string): void => {
      if (typeof value !== 'object' || value === null) return
      if (!Object.isFrozen(value)) open.push(path)
      for (const [key, entry] of Object.entries(value)) visit(entry, `${path}/${key}`)
    }
    visit(definition, '')
    expect(open).toEqual([])
    expect(() => {
      definition.taskDefinition.containerDefinitions[0]!.image = 'other'
    }).toThrow(TypeError)
  })

  it('is a copy: the declared object can still be changed, and changing it does not change the definition', () => {
    const declared = structuredClone(web)
    const { definition } = read(declared, 'WebTask')
    expect(Object.isFrozen(declared.taskDefinition)).toBe(false)
    declared.taskDefinition.containerDefinitions[0]!.image = 'other'
    expect(definition.taskDefinition).toStrictEqual(web.taskDefinition)
  })

  it('can be read from two classes that share one object', () => {
    const shared: TaskDefinition = structuredClone(web.taskDefinition)
    class WebTask {
      taskDefinition = shared
    }
    class WorkerTask {
      taskDefinition = shared
    }
    const one = read(new WebTask(), 'WebTask').definition
    const other = read(new WorkerTask(), 'WorkerTask').definition
    expect(one.taskDefinition).toStrictEqual(shared)
    expect(other.taskDefinition).toStrictEqual(shared)
    expect(one.taskDefinition).not.toBe(other.taskDefinition)
    expect(shared).toStrictEqual(web.taskDefinition)
  })

  it('may use one object in several places', () => {
    const environment = [{ name: 'A', value: 'B' }]
    const containerDefinitions = [
      { name: 'web', image: 'web', environment },
      { name: 'proxy', image: 'proxy', environment },
    ]
    const { definition } = read({ taskDefinition: { family: 'web', containerDefinitions } }, 'WebTask')
    expect(definition.taskDefinition.containerDefinitions).toStrictEqual(containerDefinitions)
  })

  it('ignores what else a class has: fields, methods, an underscored store for a getter', () => {
    class WebTask {
      environment = { A: 'B' }
      family = 'web'
      services = ['web']
      _runTasks = [{ count: 2 }]
      taskDefinition = web.taskDefinition
      get expensive(): never {
        throw new Error('nobody asked')
      }
      runTask(): void {}
      updateServices_(): void {}
    }
    expect(problemsIn(new WebTask())).toEqual([])
  })

  it('has a blacklist that keeps no state between calls, whatever flags it is declared with', () => {
    const { definition } = read({ ...web, notificationMethodBlacklistRegex: /^get_/giy }, 'WebTask')
    const regex = definition.notificationMethodBlacklistRegex
    expect([regex.test('get_role'), regex.test('get_role'), regex.test('GET_ROLE')]).toEqual([true, true, true])
  })
})

describe('an unknown member, which AWS may have added since', () => {
  it('is passed on with a warning', () => {
    const ofTomorrow = { service: 'web', turboMode: true }
    const { definition, warnings } = read({ ...web, updateServices: [ofTomorrow] }, 'WebTask')
    expect(definition.updateServices).toStrictEqual([{ service: 'web', turboMode: true }])
    expect(warnings).toEqual([
      'WebTask/updateServices/0/turboMode: is not a member of UpdateService that this version knows; it is sent as it is',
    ])
  })

  it.each([
    ['a function', () => 1, 'must be plain data, not a function'],
    ['a Date', new Date(0), 'must be plain data, not a Date'],
    ['NaN', Number.NaN, 'must be plain data, not NaN'],
  ])('must still be plain data, not %s', (_, turboMode, sentence) => {
    expect(problemsOf({ updateServices: [{ service: 'web', turboMode }] })).toEqual([
      `WebTask/updateServices/0/turboMode: ${sentence}`,
    ])
  })

  it('may have the name of an Object.prototype member', () => {
    const ofTomorrow = { service: 'web', toString: 'x', constructor: 'y' }
    const { definition, warnings } = read({ ...web, updateServices: [ofTomorrow] }, 'WebTask')
    expect(definition.updateServices).toStrictEqual([{ service: 'web', toString: 'x', constructor: 'y' }])
    expect(warnings.map((warning) => warning.split(':')[0])).toEqual([
      'WebTask/updateServices/0/toString',
      'WebTask/updateServices/0/constructor',
    ])
  })

  it('raises no warning while it is undefined', () => {
    const ofTomorrow = { service: 'web', turboMode: undefined }
    expect(read({ ...web, updateServices: [ofTomorrow] }, 'WebTask').warnings).toEqual([])
  })
})

describe('classes of one name, told apart by their files', () => {
  const classOf = (name: string, after: readonly string[] = []) => ({ name, source: { ...web, after } as Declared })

  it('are each waited for by who is after that name', () => {
    const all = readAll([classOf('Api (a.ts)'), classOf('Api (b.ts)'), classOf('Web', ['Api', 'Db']), classOf('Db')])
    expect(all.map(({ definition }) => definition.after)).toEqual([[], [], ['Api (a.ts)', 'Api (b.ts)', 'Db'], []])
  })

  it('are refused where they wait for each other', () => {
    const circle = () => readAll([classOf('Api (a.ts)', ['Web']), classOf('Api (b.ts)'), classOf('Web', ['Api'])])
    expect(circle).toThrow('The definition cannot be deployed as it is.')
  })
})
