/** What a deploy asks of AWS, answered from a state that is as simple as can be: nothing rolls out, and nothing is refused. */

/** What there is before a deploy: a family with so many ACTIVE revisions, which all services and targets run the newest of. */
export interface Beginning {
  readonly family: string
  readonly revisions: number
  readonly services: readonly string[]
  /** Each with one target. */
  readonly rules: readonly string[]
}

export const cluster = 'my_cluster'
const account = '123456789012'
const region = 'us-east-1'
export const arnOf = (what: string): string => `arn:aws:ecs:${region}:${account}:${what}`

interface Target {
  readonly Id: string
  readonly Arn: string
  readonly EcsParameters: { readonly TaskDefinitionArn: string }
}

interface State {
  readonly taskDefinitions: Map<string, { readonly status: 'ACTIVE' | 'INACTIVE'; readonly [member: string]: unknown }>
  /** The revision that each service runs. */
  readonly services: Map<string, string>
  readonly targets: Map<string, readonly Target[]>
}

export interface StandInState extends State {
  /** Answers a call; undefined where it is none that a deploy makes. */
  readonly answer: (operation: string, input: any) => object | undefined
}

export function standInState({ family, revisions, services, rules }: Beginning): StandInState {
  const revisionArn = (revision: number): string => arnOf(`task-definition/${family}:${revision}`)
  const newest = revisionArn(revisions)
  const all = Array.from({ length: revisions }, (_, index) => index + 1)
  const containerDefinitions = [{ name: family, image: `${family}:v0`, memory: 512 }]
  const state: State = {
    taskDefinitions: new Map(
      all.map((revision) => [
        revisionArn(revision),
        { taskDefinitionArn: revisionArn(revision), family, revision, containerDefinitions, status: 'ACTIVE' },
      ]),
    ),
    services: new Map(services.map((name) => [name, newest])),
    targets: new Map(rules.map((rule) => [rule, [targetOf(newest)]])),
  }
  const operations: Readonly<Record<string, (input: any) => object>> = {
    ...ofTaskDefinitions(state),
    ...ofServices(state),
    ...ofRules(state),
  }
  return { ...state, answer: (operation, input) => operations[operation]?.(input) }
}

const targetOf = (taskDefinitionArn: string): Target => ({
  Id: 'task',
  Arn: arnOf(`cluster/${cluster}`),
  EcsParameters: { TaskDefinitionArn: taskDefinitionArn },
})

/** A page of a list, as AWS answers it. */
function page(name: string, items: readonly string[], { maxResults = 100, nextToken = '0' }: any): object {
  const end = Number(nextToken) + Number(maxResults)
  return { [name]: items.slice(Number(nextToken), end), ...(end < items.length && { nextToken: String(end) }) }
}

function ofTaskDefinitions({ taskDefinitions }: State): Record<string, (input: any) => object> {
  return {
    ListTaskDefinitions(input) {
      const active = [...taskDefinitions].filter(([, { status }]) => status === (input.status ?? 'ACTIVE'))
      const arns = active.map(([arn]) => arn)
      return page('taskDefinitionArns', input.sort === 'DESC' ? arns.toReversed() : arns, input)
    },
    DescribeTaskDefinition: ({ taskDefinition }) => ({ taskDefinition: taskDefinitions.get(taskDefinition), tags: [] }),
    RegisterTaskDefinition({ tags = [], ...input }) {
      const revision = taskDefinitions.size + 1
      const taskDefinitionArn = arnOf(`task-definition/${input.family}:${revision}`)
      const taskDefinition = { ...input, taskDefinitionArn, revision, status: 'ACTIVE' as const }
      taskDefinitions.set(taskDefinitionArn, taskDefinition)
      return { taskDefinition, tags }
    },
    DeregisterTaskDefinition({ taskDefinition: arn }) {
      const taskDefinition = { ...taskDefinitions.get(arn), status: 'INACTIVE' as const }
      taskDefinitions.set(arn, taskDefinition)
      return { taskDefinition }
    },
  }
}

function ofServices({ services }: State): Record<string, (input: any) => object> {
  const serviceArn = (name: string): string => arnOf(`service/${cluster}/${name}`)
  const nameOf = (text: string): string => text.split('/').at(-1) ?? text
  const clusterArn = arnOf(`cluster/${cluster}`)
  const taskOf = (name: string): string => arnOf(`task/${cluster}/${name}`)
  const service = (name: string): object => {
    const taskDefinition = services.get(name)
    const counts = { desiredCount: 1, runningCount: 1, pendingCount: 0 }
    const deployment = { id: 'ecs-svc/1', status: 'PRIMARY', rolloutState: 'COMPLETED', taskDefinition, ...counts }
    const names = { serviceName: name, serviceArn: serviceArn(name), clusterArn }
    return { ...names, status: 'ACTIVE', taskDefinition, ...counts, deployments: [deployment], events: [] }
  }
  return {
    DescribeClusters: () => ({ clusters: [{ clusterArn, clusterName: cluster, status: 'ACTIVE' }], failures: [] }),
    ListServices: (input) => page('serviceArns', [...services.keys()].map(serviceArn), input),
    DescribeServices: ({ services: asked }) => ({ services: asked.map(nameOf).map(service), failures: [] }),
    UpdateService({ service: asked, taskDefinition }) {
      services.set(nameOf(asked), taskDefinition)
      return { service: service(nameOf(asked)) }
    },
    ListServiceDeployments: () => ({ serviceDeployments: [] }),
    ListTasks: (input) => page('taskArns', [...services.keys()].map(taskOf), input),
    DescribeTasks({ tasks }) {
      const described = tasks.map((taskArn: string) => {
        const name = nameOf(taskArn)
        const group = `service:${name}`
        return { taskArn, clusterArn, group, lastStatus: 'RUNNING', taskDefinitionArn: services.get(name) }
      })
      return { tasks: described, failures: [] }
    },
  }
}

function ofRules({ targets }: State): Record<string, (input: any) => object> {
  return {
    ListEventBuses: () => ({
      EventBuses: [{ Name: 'default', Arn: `arn:aws:events:${region}:${account}:event-bus/default` }],
    }),
    ListRuleNamesByTarget: () => ({ RuleNames: [...targets.keys()] }),
    // There are none in this account, which has to be asked for all the same.
    ListSchedules: () => ({ Schedules: [] }),
    ListTargetsByRule: ({ Rule }) => ({ Targets: targets.get(Rule) ?? [] }),
    PutTargets({ Rule, Targets }) {
      targets.set(Rule, Targets)
      return { FailedEntryCount: 0, FailedEntries: [] }
    },
  }
}
