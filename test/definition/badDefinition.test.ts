import { describe, expect, it } from 'vitest'
import { read } from '../../src/definition/read.ts'
import { problemsIn, problemsOf, target, web } from './problemsOf.ts'

const container = { name: 'web', image: 'my_image' }
const withContainers = (...containerDefinitions: unknown[]): object => ({
  taskDefinition: { family: 'web', containerDefinitions },
})
const overriding = (name: unknown): object => ({ runTasks: [{ overrides: { containerOverrides: [{ name }] } }] })
const withTargets = (...targets: object[]): object => ({ eventTargets: [{ Rule: 'nightly', Targets: targets }] })

const awaited = 'await what it needs before the class, as in const image = await newest()'

/** Each case: what is declared in place of the least, and every problem that is reported, without `WebTask/`. */
type Cases = [title: string, members: object, problems: string[]][]

const expectProblems = (members: object, problems: string[]): void => {
  expect(problemsOf(members)).toEqual(problems.map((problem) => `WebTask/${problem}`))
}

it('reports every problem at once, each with its path', () => {
  expectProblems(
    {
      ...withContainers({ name: 'web', imgae: 'my_image', memory: '256' }),
      updateServices: { service: 'web' },
      task_definition: {},
      activeTaskCount: 0,
    },
    [
      'task_definition: is not a member; did you mean taskDefinition?',
      'taskDefinition/containerDefinitions/0/imgae: is not a member of ContainerDefinition; did you mean image?',
      'taskDefinition/containerDefinitions/0/memory: must be a number, not "256"',
      'updateServices: must be a list, not an object',
      'activeTaskCount: must be a whole number of at least 1, not 0',
    ],
  )
})

it('is refused with a sentence that names the class', () => {
  expect(() => read({ ...web, activeTaskCount: 0 }, 'WebTask')).toThrow(
    expect.objectContaining({
      code: 'BadDefinition',
      message: "The definition WebTask can't be deployed as it is.",
      problems: ['WebTask/activeTaskCount: must be a whole number of at least 1, not 0'],
    }),
  )
})

describe('the members of a class', () => {
  const cases: Cases = [
    [
      'after that is one name',
      { after: 'Web' },
      ["after: must be a list of names of classes, as in ['Migrations'], not a string"],
    ],
    [
      'after with what is no name',
      { after: ['Web', '', 7] },
      ['after/1: is empty', 'after/2: must be the name of a class, not 7'],
    ],
    [
      'after with a class',
      { after: [Date] },
      ["after: can't be read: it holds classes; write their names, as in ['Migrations']"],
    ],
    ['after itself', { after: ['WebTask'] }, ['after: is a circle: WebTask → WebTask']],
    ['dependsOn', { dependsOn: ['Web'] }, ['dependsOn: is not a member; did you mean after?']],
    [
      'declare nothing',
      { taskDefinition: undefined },
      [
        "taskDefinition: is missing; declare one, as in taskDefinition: TaskDefinition = { family: 'web', " +
          "containerDefinitions: [{ name: 'web', image: 'my_image:<image_tag>', memory: 512 }] }",
      ],
    ],
    [
      'say only task_definition',
      { taskDefinition: undefined, task_definition: {} },
      ['task_definition: is not a member; did you mean taskDefinition?'],
    ],
    ['are null', { taskDefinition: null }, ['taskDefinition: must be an object, not null']],
    [
      'are functions',
      { taskDefinition: () => web },
      ["taskDefinition: can't be read: it is a function; declare it as get taskDefinition()"],
    ],
    [
      'are async',
      { taskDefinition: async () => web.taskDefinition },
      [`taskDefinition: can't be read: it is async; ${awaited}`],
    ],
    [
      'answer a Promise, which fails',
      {
        get updateServices() {
          return Promise.reject(new Error('nobody hears of it'))
        },
      },
      [`updateServices: can't be read: it is a Promise; ${awaited}`],
    ],
    ['are lists', { taskDefinition: [] }, ['taskDefinition: must be an object, not a list']],
    ['are maps', { updateServices: new Map() }, ['updateServices: must be a list, not a Map']],
    ['are strings', { runTasks: 'PASSWORD=1234' }, ['runTasks: must be a list, not a string']],
    ['have holes', { runTasks: [undefined] }, ['runTasks/0: must be an object, not undefined']],
  ]
  it.each(cases)('are refused when they %s', (_, members, problems) => expectProblems(members, problems))

  it.each([
    ['updateService', 'updateServices'],
    ['update_services', 'updateServices'],
    ['updateservices', 'updateServices'],
    ['runTask', 'runTasks'],
    ['run_tasks', 'runTasks'],
    ['events__put_targets', 'eventTargets'],
    ['eventTarget', 'eventTargets'],
    ['updateSchedule', 'schedules'],
    ['schedlues', 'schedules'],
    ['evnetTargets', 'eventTargets'],
    ['active_task_count', 'activeTaskCount'],
    ['locks', 'lock'],
    ['sns_notification_topic_arn', 'snsNotificationTopicArn'],
    ['notification_method_blacklist_regex', 'notificationMethodBlacklistRegex'],
    ['notificationMethodBlackListRegex', 'notificationMethodBlacklistRegex'],
  ])('%s is refused, and %s is proposed', (name, meant) => {
    expectProblems({ [name]: [] }, [`${name}: is not a member; did you mean ${meant}?`])
  })

  it('are checked for typos in getters of a base class too', () => {
    class Base {
      get runTask(): object[] {
        throw new Error('never read')
      }
    }
    class WebTask extends Base {
      taskDefinition = web.taskDefinition
    }
    expect(problemsIn(new WebTask())).toEqual(['WebTask/runTask: is not a member; did you mean runTasks?'])
  })

  it('report why a getter threw, whatever it threw', () => {
    const throwing = {
      get taskDefinition() {
        throw new Error('IMAGE is not set')
      },
      get runTasks() {
        // eslint-disable-next-line typescript/only-throw-error
        throw 'no tasks today'
      },
      updateServices: [
        {
          get service() {
            throw new Error('SERVICE is not set')
          },
        },
      ],
    }
    expect(problemsIn(throwing)).toEqual([
      "WebTask/taskDefinition: can't be read: IMAGE is not set",
      "WebTask/updateServices: can't be read: SERVICE is not set",
      "WebTask/runTasks: can't be read: no tasks today",
    ])
  })
})

describe('a value', () => {
  const circle: Record<string, unknown> = {}
  circle['self'] = circle
  const list: unknown[] = []
  list.push(list)
  class Tag {
    key = 'team'
  }
  const at = 'taskDefinition/containerDefinitions/0'
  const cases: Cases = [
    ['a number with quotes', withContainers({ ...container, cpu: '256' }), [`${at}/cpu: must be a number, not "256"`]],
    ['NaN', withContainers({ ...container, cpu: Number.NaN }), [`${at}/cpu: must be a number, not NaN`]],
    ['infinite', withContainers({ ...container, cpu: Infinity }), [`${at}/cpu: must be a number, not Infinity`]],
    ['a bigint', withContainers({ ...container, cpu: 256n }), [`${at}/cpu: must be a number, not 256n`]],
    ['null', withContainers({ ...container, image: null }), [`${at}/image: must be a string, not null`]],
    ['a symbol', withContainers({ ...container, user: Symbol('x') }), [`${at}/user: must be a string, not Symbol(x)`]],
    [
      'a number in place of a string',
      withContainers({ ...container, environment: [{ name: 'PORT', value: 80 }] }),
      [`${at}/environment/0/value: must be a string, not 80`],
    ],
    [
      'text in place of a boolean',
      withContainers({ ...container, essential: 'yes' }),
      [`${at}/essential: must be true or false, not "yes"`],
    ],
    [
      'an object in place of a list',
      withContainers({ ...container, environment: { PASSWORD: '1234' } }),
      [`${at}/environment: must be a list, not an object`],
    ],
    [
      'one string in place of a list of them',
      withContainers({ ...container, command: 'migrate --password=1234' }),
      [`${at}/command: must be a list, not a string`],
    ],
    [
      'a hole in a list',
      withContainers({ ...container, command: ['a', undefined] }),
      [`${at}/command/1: must be a string, not undefined`],
    ],
    [
      'a list in place of a map',
      withContainers({ ...container, dockerLabels: ['a'] }),
      [`${at}/dockerLabels: must be an object, not a list`],
    ],
    [
      'a number in a map of strings',
      withContainers({ ...container, dockerLabels: { port: 80, constructor: 'x', none: undefined } }),
      [`${at}/dockerLabels/port: must be a string, not 80`, `${at}/dockerLabels/none: has no value`],
    ],
    [
      'a function',
      withContainers({ ...container, image: () => 'web' }),
      [`${at}/image: must be a string, not a function`],
    ],
    [
      'a Date',
      { taskDefinition: { ...web.taskDefinition, tags: [{ key: 'day', value: new Date(0) }] } },
      ['taskDefinition/tags/0/value: must be a string, not a Date'],
    ],
    [
      "a class's instance",
      { taskDefinition: { ...web.taskDefinition, tags: [new Tag()] } },
      ['taskDefinition/tags/0: must be an object, not a Tag'],
    ],
    ['a circle', { runTasks: [{ somethingNew: circle }] }, ['runTasks/0/somethingNew/self: contains itself']],
    ['a list in itself', { runTasks: [{ somethingNew: list }] }, ['runTasks/0/somethingNew/0: contains itself']],
    ['a circle of known type', { runTasks: list }, ['runTasks/0: must be an object, not a list']],
  ]
  it.each(cases)('is refused when it is %s', (_, members, problems) => expectProblems(members, problems))

  it('may be an object without a prototype', () => {
    const tag: object = Object.assign(Object.create(null), { key: 'team', value: 'web' })
    expect(problemsOf({ taskDefinition: { ...web.taskDefinition, tags: [tag] } })).toEqual([])
  })
})

describe('a member of an AWS input', () => {
  const cases: Cases = [
    [
      'misspelt',
      withContainers({ ...container, enviroment: [] }),
      [
        'taskDefinition/containerDefinitions/0/enviroment: is not a member of ContainerDefinition; did you mean environment?',
      ],
    ],
    [
      'in the case of another language',
      { updateServices: [{ service: 'web', force_new_deployment: true }] },
      ['updateServices/0/force_new_deployment: is not a member of UpdateService; did you mean forceNewDeployment?'],
    ],
    [
      'in the case of ECS, in EventBridge',
      withTargets({ ...target, EcsParameters: { taskCount: 1 } }),
      ['eventTargets/0/Targets/0/EcsParameters/taskCount: is not a member of EcsParameters; did you mean TaskCount?'],
    ],
    [
      'in the case of EventBridge, in ECS',
      { runTasks: [{ networkConfiguration: { awsvpcConfiguration: { Subnets: [] } } }] },
      [
        'runTasks/0/networkConfiguration/awsvpcConfiguration/Subnets: is not a member of AwsVpcConfiguration; did you mean subnets?',
      ],
    ],
    [
      'which is required, left out',
      { taskDefinition: { ...web.taskDefinition, volumes: [{ efsVolumeConfiguration: {} }] } },
      ['taskDefinition/volumes/0/efsVolumeConfiguration/fileSystemId: is missing'],
    ],
    [
      'which is required, undefined',
      { eventTargets: [{ Rule: undefined, Targets: [] }] },
      ['eventTargets/0/Rule: is missing', 'eventTargets/0/Targets: is empty'],
    ],
    [
      'that deploy fills in: the revision of a service',
      { updateServices: [{ service: 'web', taskDefinition: 'web:1' }] },
      ['updateServices/0/taskDefinition: is filled in by deploy; remove it'],
    ],
    [
      'that deploy fills in: the revision of a task, misspelt',
      { runTasks: [{ task_definition: 'web:1' }] },
      ['runTasks/0/task_definition: is filled in by deploy; remove it'],
    ],
    [
      'that deploy fills in: the revision of a target',
      withTargets({ ...target, EcsParameters: { TaskDefinitionArn: 'web:1' } }),
      ['eventTargets/0/Targets/0/EcsParameters/TaskDefinitionArn: is filled in by deploy; remove it'],
    ],
  ]
  it.each(cases)('is refused when it is one %s', (_, members, problems) => expectProblems(members, problems))

  it('has the case of EventBridge inside an event target, and nowhere else', () => {
    const EcsParameters = {
      NetworkConfiguration: { awsvpcConfiguration: { Subnets: ['subnet-1'], AssignPublicIp: 'ENABLED' } },
      CapacityProviderStrategy: [{ capacityProvider: 'FARGATE', weight: 1 }],
      PlacementConstraints: [{ type: 'distinctInstance' }],
      Tags: [{ Key: 'team', Value: 'web' }],
    }
    expectProblems(withTargets({ ...target, EcsParameters }), [])
    expectProblems({ taskDefinition: { ...web.taskDefinition, tags: [{ key: 'team', value: 'web' }] } }, [])
  })
})

describe('the task definition', () => {
  const family = 'taskDefinition/family: must be 1 to 255 letters, digits, hyphens and underscores'
  const containers = web.taskDefinition.containerDefinitions
  const numbered = Array.from({ length: 11 }, (_, index) => ({ ...container, name: `web-${index}` }))
  const cases: Cases = [
    ['no family', { taskDefinition: { containerDefinitions: containers } }, ['taskDefinition/family: is missing']],
    ['an empty family', { taskDefinition: { family: '', containerDefinitions: containers } }, [family]],
    ['a family with a dot', { taskDefinition: { family: 'a.b', containerDefinitions: containers } }, [family]],
    ['a family with a line end', { taskDefinition: { family: 'a\n', containerDefinitions: containers } }, [family]],
    [
      'a placeholder in the family',
      { taskDefinition: { family: '<image_tag>', containerDefinitions: containers } },
      [family],
    ],
    ['a long family', { taskDefinition: { family: 'a'.repeat(256), containerDefinitions: containers } }, [family]],
    ['no containers', { taskDefinition: { family: 'web' } }, ['taskDefinition/containerDefinitions: is missing']],
    ['an empty list of them', withContainers(), ['taskDefinition/containerDefinitions: is empty']],
    [
      'more than ten containers',
      withContainers(...numbered),
      ['taskDefinition/containerDefinitions: must be at most 10 containers, not 11'],
    ],
    [
      'a container without name and image',
      withContainers({}),
      [
        'taskDefinition/containerDefinitions/0/name: is missing',
        'taskDefinition/containerDefinitions/0/image: is missing',
      ],
    ],
    [
      'a container with an empty name and an empty image',
      withContainers({ name: '', image: '' }),
      ['taskDefinition/containerDefinitions/0/name: is empty', 'taskDefinition/containerDefinitions/0/image: is empty'],
    ],
    [
      'two containers of one name',
      withContainers(container, { ...container, name: 'proxy' }, container),
      [
        'taskDefinition/containerDefinitions/2/name: "web" is already the name at taskDefinition/containerDefinitions/0/name',
      ],
    ],
    [
      'a dependency on a container that it has not',
      withContainers({ ...container, dependsOn: [{ containerName: 'migrate', condition: 'SUCCESS' }] }),
      [
        'taskDefinition/containerDefinitions/0/dependsOn/0/containerName: "migrate" is not a container of the task definition; it has web',
      ],
    ],
  ]
  it.each(cases)('is refused with %s', (_, members, problems) => expectProblems(members, problems))

  it('may have a family of 255 letters and ten containers', () => {
    expectProblems({ taskDefinition: { family: 'a'.repeat(255), containerDefinitions: numbered.slice(1) } }, [])
  })
})

describe('a one-off task', () => {
  const path = 'runTasks/0/overrides/containerOverrides/0/name'

  it.each([0, 11, -1, 1.5])('is refused with a count of %d', (count) => {
    expectProblems({ runTasks: [{ count }] }, [`runTasks/0/count: must be a whole number from 1 to 10, not ${count}`])
  })

  it.each([1, 10, undefined])('may have a count of %s', (count) => expectProblems({ runTasks: [{ count }] }, []))

  it('is refused with an override of an unknown container, and the nearest name is proposed', () => {
    const sentence = 'is not a container of the task definition'
    expectProblems(overriding('wbe'), [`${path}: "wbe" ${sentence}; did you mean web?`])
    expectProblems({ ...withContainers(container, { ...container, name: 'proxy' }), ...overriding('migrate') }, [
      `${path}: "migrate" ${sentence}; it has web, proxy`,
    ])
  })

  it('is refused with an override that names no container', () => {
    expectProblems(overriding(undefined), [`${path}: is missing`])
  })

  it('is not reported for its override while no container has a name', () => {
    expectProblems({ ...withContainers(), ...overriding('web') }, ['taskDefinition/containerDefinitions: is empty'])
  })
})

describe('a service', () => {
  const arn = 'arn:aws:ecs:eu-west-1:123456789012'

  it.each([
    ['the same name twice', { service: 'web' }, { service: 'web' }],
    ['the default cluster named and not', { service: 'web', cluster: 'default' }, { service: 'web' }],
    [
      'its name and its ARN',
      { service: 'web', cluster: 'prod' },
      { service: `${arn}:service/prod/web`, cluster: `${arn}:cluster/prod` },
    ],
  ])('is refused when it occurs twice: %s', (_, one, other) => {
    expectProblems({ updateServices: [one, { service: 'worker' }, other] }, [
      'updateServices/2/service: is the same service as updateServices/0/service',
    ])
  })

  it('may have the name of a service in another cluster', () => {
    expectProblems(
      { updateServices: [{ service: 'web', cluster: 'a' }, { service: 'web', cluster: 'b' }, { service: 'web' }] },
      [],
    )
  })

  it.each([
    ['loadBalancers', { containerPort: 80 }],
    ['serviceRegistries', {}],
  ])('is refused with an unknown container in %s', (member, more) => {
    expectProblems({ updateServices: [{ service: 'web', [member]: [{ ...more, containerName: 'Web' }] }] }, [
      `updateServices/0/${member}/0/containerName: "Web" is not a container of the task definition; did you mean web?`,
    ])
  })

  it('is refused without a name', () => {
    expectProblems({ updateServices: [{}, { service: '' }] }, [
      'updateServices/0/service: is missing',
      'updateServices/1/service: is empty',
    ])
  })
})

describe('an event target', () => {
  const path = 'eventTargets/0/Targets/0'

  it('is refused without a role when it starts a task', () => {
    expectProblems(withTargets({ ...target, RoleArn: undefined }), [
      `${path}/RoleArn: is missing; EventBridge starts an ECS task with a role of yours`,
    ])
  })

  it('is refused without EcsParameters when it is a cluster', () => {
    expectProblems(withTargets({ ...target, EcsParameters: undefined }), [
      `${path}/EcsParameters: is missing; a cluster needs them, as in EcsParameters: {}`,
    ])
  })

  it('needs no role when it starts no task', () => {
    expectProblems(withTargets({ Id: 'queue', Arn: 'arn:aws:sqs:eu-west-1:123456789012:queue', Input: 'not JSON' }), [])
  })

  it('is refused when its Id occurs twice in a rule, in one entry or in two', () => {
    const sentence = `is the same target as ${path}/Id`
    expectProblems(withTargets(target, target), [`eventTargets/0/Targets/1/Id: ${sentence}`])
    const other = { Rule: 'nightly', EventBusName: 'default', Targets: [target] }
    expectProblems({ eventTargets: [{ Rule: 'nightly', Targets: [target] }, other] }, [
      `eventTargets/1/Targets/0/Id: ${sentence}`,
    ])
  })

  it('may have the Id of a target of another rule or another bus', () => {
    const Targets = [target]
    expectProblems(
      {
        eventTargets: [
          { Rule: 'a', Targets },
          { Rule: 'b', Targets },
          { Rule: 'a', EventBusName: 'bus', Targets },
        ],
      },
      [],
    )
  })

  it.each(['migrate', '', '{"containerOverrides": [}', "{'containerOverrides': []}"])(
    'is refused when its Input is %j, which no task can be started with',
    (Input) => {
      expectProblems(withTargets({ ...target, Input }), [
        `${path}/Input: must be JSON, as in {"containerOverrides": [{"name": "web", "command": ["true"]}]}`,
      ])
    },
  )

  it('is refused when its Input overrides an unknown container', () => {
    const Input = JSON.stringify({ containerOverrides: [{ name: 'web' }, { name: 'wen', command: ['nightly'] }] })
    expectProblems(withTargets({ ...target, Input }), [
      `${path}/Input/containerOverrides/1/name: "wen" is not a container of the task definition; did you mean web?`,
    ])
  })

  it('may have any other JSON for its Input', () => {
    for (const Input of ['{}', 'null', '{"containerOverrides": [{"name": "web"}]}', '{"containerOverrides": {}}']) {
      expectProblems(withTargets({ ...target, Input }), [])
    }
  })

  it('is refused with empty names', () => {
    expectProblems({ eventTargets: [{ Rule: '', Targets: [{ ...target, Id: '', Arn: '', RoleArn: '' }] }] }, [
      'eventTargets/0/Rule: is empty',
      `${path}/Id: is empty`,
      `${path}/Arn: is empty`,
      `${path}/RoleArn: is empty`,
    ])
  })
})

describe('a schedule', () => {
  const one = (more: object): object => ({ schedules: [{ Name: 'nightly', ...more }] })

  it('needs nothing but its name', () => {
    expectProblems(one({}), [])
    expectProblems({ schedules: [{}, { Name: 'a b', GroupName: '' }] }, [
      'schedules/0/Name: is missing',
      'schedules/1/Name: must be 1 to 64 letters, digits, hyphens, underscores and periods',
      'schedules/1/GroupName: must be 1 to 64 letters, digits, hyphens, underscores and periods',
    ])
  })

  it('is refused when it is declared twice', () => {
    const twice = [{ Name: 'a' }, { Name: 'a', GroupName: 'default' }, { Name: 'a', GroupName: 'jobs' }]
    expectProblems({ schedules: twice }, ['schedules/1/Name: is the same schedule as schedules/0/Name'])
  })

  const path = 'schedules/0'
  it.each<[member: object, problem: string]>([
    [{ ClientToken: 'x' }, `${path}/ClientToken: is filled in by deploy; remove it`],
    [{ Traget: {} }, `${path}/Traget: is not a member of UpdateSchedule; did you mean Target?`],
    [{ EndDate: '2027-01-01' }, `${path}/EndDate: must be a Date, not "2027-01-01"`],
    [{ EndDate: new Date('never') }, `${path}/EndDate: must be a Date, not a Date`],
    [{ StartDate: new Date(1), EndDate: new Date(1) }, `${path}/EndDate: must be after the StartDate`],
    [
      { ScheduleExpression: '1 day' },
      `${path}/ScheduleExpression: must be rate(…), cron(…) or at(…), as in rate(1 day), not "1 day"`,
    ],
    [
      { FlexibleTimeWindow: { Mode: 'FLEXIBLE' } },
      `${path}/FlexibleTimeWindow/MaximumWindowInMinutes: is missing; a FLEXIBLE window has from 1 to 1440 minutes`,
    ],
    [
      { FlexibleTimeWindow: { Mode: 'OFF', MaximumWindowInMinutes: 5 } },
      `${path}/FlexibleTimeWindow/MaximumWindowInMinutes: needs the Mode FLEXIBLE`,
    ],
    [
      { Target: { EcsParameters: { TaskDefinitionArn: 'web:1' } } },
      `${path}/Target/EcsParameters/TaskDefinitionArn: is filled in by deploy; remove it`,
    ],
    [
      { Target: { EcsParameters: { TaskCount: 11 } } },
      `${path}/Target/EcsParameters/TaskCount: must be a whole number from 1 to 10, not 11`,
    ],
    [
      { Target: { RetryPolicy: { MaximumRetryAttempts: 186 } } },
      `${path}/Target/RetryPolicy/MaximumRetryAttempts: must be a whole number from 0 to 185, not 186`,
    ],
    [
      { Target: { Arn: 'arn:aws:sqs:eu-west-1:123456789012:jobs' } },
      `${path}/Target/Arn: must be the ARN of an ECS cluster, in which the schedule starts its tasks`,
    ],
    [
      { Target: { Input: '{' } },
      `${path}/Target/Input: must be JSON, as in {"containerOverrides": [{"name": "web", "command": ["true"]}]}`,
    ],
    [
      { Target: { Input: '{"containerOverrides":[{"name":"wen"}]}' } },
      `${path}/Target/Input/containerOverrides/0/name: "wen" is not a container of the task definition; did you mean web?`,
    ],
  ])('is refused with %j', (member, problem) => {
    expectProblems(one(member), [problem])
  })
})

describe('a setting', () => {
  it.each([0, -1, 2.5, Number.NaN, Infinity, null])('is refused: an activeTaskCount of %s', (activeTaskCount) => {
    expectProblems({ activeTaskCount }, [
      `activeTaskCount: must be a whole number of at least 1, not ${String(activeTaskCount)}`,
    ])
  })

  it.each([
    'deployments',
    '',
    'arn:aws:sqs:eu-west-1:123456789012:deployments',
    'arn:aws:sns:eu-west-1:1234:deployments',
    'arn:aws:sns:eu-west-1:123456789012:deployments:2f9d1c5e',
    'arn:aws:sns:eu-west-1:123456789012:',
  ])('is refused: a topic of %j', (snsNotificationTopicArn) => {
    expectProblems({ snsNotificationTopicArn }, [
      'snsNotificationTopicArn: must be the ARN of a topic, as in arn:aws:sns:eu-west-1:123456789012:deployments',
    ])
  })

  it.each([
    'arn:aws:sns:eu-west-1:123456789012:deployments',
    'arn:aws-cn:sns:cn-north-1:123456789012:deployments',
    'arn:aws-us-gov:sns:us-gov-west-1:000000000000:a_B-1.fifo',
  ])('may be: a topic of %s', (snsNotificationTopicArn) => expectProblems({ snsNotificationTopicArn }, []))

  it.each(['locks', 's3://', 's3://UPPER/a', 's3://locks/a b', 's3://locks/../a', 's3://locks//a', '', 7])(
    'is refused: a lock in %j',
    (lock) => {
      expectProblems({ lock }, [
        'lock: must be s3://, the name of a bucket and, if you like, a prefix, as in s3://my-bucket/locks',
      ])
    },
  )

  it.each(['s3://locks', 's3://locks/', 's3://my.bucket-1/shop/prod_1/'])('may be: a lock in %s', (lock) =>
    expectProblems({ lock }, []),
  )

  it('may have a member of their own that is called nearly like one: clock', () => {
    expectProblems({ clock: 1, block: 2 }, [])
  })

  it('is refused: a blacklist that is text', () => {
    expectProblems({ notificationMethodBlacklistRegex: '^describe_' }, [
      'notificationMethodBlacklistRegex: must be a regular expression, as in /^describe_/, not a string',
    ])
  })
})

describe('a placeholder that is misspelt', () => {
  it.each([
    ['web:${image_tag}', 'web:<image_tag>'],
    ['web:<image-tag>', 'web:<image_tag>'],
    ['web:<IMAGE_TAG>', 'web:<image_tag>'],
    ['web:image_tag', 'web:<image_tag>'],
    ['host:5000/web:$IMAGE_TAG', 'host:5000/web:<image_tag>'],
    ['web:{{ image_tag }}', 'web:<image_tag>'],
    ['web:<tag>', 'web:<image_tag>'],
    ['web:%TAG%', 'web:<image_tag>'],
    ['web:imagetag@sha256:4bc4', 'web:<image_tag>@sha256:4bc4'],
  ])('%s: did you mean %s?', (image, meant) => {
    expectProblems(withContainers({ ...container, image }), [
      `taskDefinition/containerDefinitions/0/image: "${image}" has no <image_tag>; did you mean "${meant}"?`,
    ])
  })

  it.each(['web:{image_tag}', 'web:<image_tag>', 'image_tag/web:tag', 'image-tag:v1', 'web:image_tag-2'])(
    '%s is an image as it is',
    (image) => expectProblems(withContainers({ ...container, image }), []),
  )
})

it('a cluster that is not the one of the service’s ARN is refused', () => {
  const service = 'arn:aws:ecs:eu-west-1:123456789012:service/prod/web'
  expectProblems({ updateServices: [{ service, cluster: 'staging' }] }, [
    'updateServices/0/cluster: is "staging", but the ARN of the service names the cluster prod',
  ])
  expectProblems({ updateServices: [{ service }, { service: 'web', cluster: 'prod' }] }, [
    'updateServices/1/service: is the same service as updateServices/0/service',
  ])
})
