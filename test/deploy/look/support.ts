// Services in a local AWS in this process, looked at through the SDK on a hand-turned clock.
import { openAws } from '../../../src/aws/aws.ts'
import { sdkTransport } from '../../../src/aws/sdk.ts'
import type { Declared } from '../../../src/definition/definition.ts'
import { read } from '../../../src/definition/read.ts'
import { type Meddle, stage } from '../support.ts'

/** A service whose container logs to CloudWatch Logs. */
export function service(name: string, container: object = {}, more: Partial<Declared> = {}): Declared {
  return {
    taskDefinition: {
      family: name,
      containerDefinitions: [
        {
          name,
          image: 'my_image:<image_tag>',
          memory: 512,
          logConfiguration: {
            logDriver: 'awslogs',
            options: { 'awslogs-group': '/app', 'awslogs-region': 'us-east-1', 'awslogs-stream-prefix': 'ecs' },
          },
          ...container,
        },
      ],
    },
    updateServices: [{ cluster: 'my_cluster', service: name }],
    ...more,
  }
}

/** The AWS that these definitions are in, and what looks at it. */
export function looking(declared: readonly Declared[], meddle?: Meddle) {
  const staged = stage(declared, { ...(meddle && { meddle }) })
  const { settings, clock } = staged
  const region = () => staged.aws.world.regions['us-east-1']!
  return {
    ...staged,
    region,
    definitions: declared.map((one, index) => read(one, `Task${index}`).definition),
    look: openAws({ transport: sdkTransport(settings, { clock }), clock }),
    /** Registers the family with another image tag, and rolls the service out to it. */
    update(family: string, tag: string): void {
      const { taskDefinition } = declared.find((one) => one.taskDefinition.family === family)!
      const text = JSON.stringify(taskDefinition).replaceAll('<image_tag>', tag)
      const registered = staged.call('ecs', 'RegisterTaskDefinition', JSON.parse(text)).taskDefinition
      staged.call('ecs', 'UpdateService', {
        cluster: 'my_cluster',
        service: family,
        taskDefinition: registered.taskDefinitionArn,
      })
    },
    pass: async (seconds: number) => {
      await clock.sleep(seconds * 1000)
      staged.aws.advance()
    },
  }
}
