// The files of the project that `test-packed.mjs` installs the package into.

/** A definition with all four members. Without a top-level await, so that it runs in a project without `"type"` too. */
export const definition = `import { EcsTask, type EventTarget, type ServiceUpdate, type TaskDefinition, type TaskRun } from 'ecs-task'

export class WebTask extends EcsTask {
  taskDefinition: TaskDefinition = {
    family: 'web',
    containerDefinitions: [{ name: 'web', image: 'my_image:<image_tag>', cpu: 256, memory: 512 }],
  }
  runTasks: TaskRun[] = [
    { cluster: 'my_cluster', overrides: { containerOverrides: [{ name: 'web', command: ['./manage.py', 'migrate'] }] } },
  ]
  updateServices: ServiceUpdate[] = [{ cluster: 'my_cluster', service: 'web' }]
  eventTargets: EventTarget[] = [
    {
      Rule: 'nightly',
      Targets: [
        {
          Id: 'web',
          Arn: 'arn:aws:ecs:us-east-1:123456789012:cluster/my_cluster',
          RoleArn: 'arn:aws:iam::123456789012:role/ecsEventsRole',
          EcsParameters: {},
        },
      ],
    },
  ]
}

new WebTask().main()
`

/** What must compile and what must not: were the types lost on the way, each unused @ts-expect-error would be an error. */
export const typeTest = `import { EcsTask, type ServiceUpdate, type Settings, type TaskDefinition } from 'ecs-task'

export class Right extends EcsTask {
  taskDefinition: TaskDefinition = { family: 'web', containerDefinitions: [{ name: 'web', image: 'web:<image_tag>' }] }
}

export class NearMiss extends EcsTask {
  taskDefinition: TaskDefinition = { family: 'web', containerDefinitions: [] }
  // @ts-expect-error updateServices is the member
  updateService: ServiceUpdate[] = []
}

// @ts-expect-error family is missing
export const noFamily: TaskDefinition = { containerDefinitions: [] }

// @ts-expect-error cpu of a container is a number
export const wrongType: TaskDefinition = { family: 'web', containerDefinitions: [{ cpu: 'lots' }] }

// @ts-expect-error the revision is filled in
export const filledIn: ServiceUpdate = { service: 'web', taskDefinition: 'web:1' }

// @ts-expect-error only the program asks
export const asked: Settings = { agree: async () => true }
`

/** A user's own test against the local AWS: any answer of its will do, here its refusal of a request without an operation. */
export const usesLocal = `import { startLocalAws } from 'ecs-task/local'

const aws = await startLocalAws()
const url: string = aws.url
const answer = await fetch(url, { method: 'POST', body: '{}' })
console.log(answer.status)
await aws.close()
`
