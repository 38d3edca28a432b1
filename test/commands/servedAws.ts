// A local AWS in the process of the tests, for commands that run there, and for processes.
import { devNull } from 'node:os'
import { afterAll, beforeAll, vi } from 'vitest'
import { type RunningLocalAws, startLocalAws } from '../../src/local/index.ts'

export interface ServedAws {
  /** What points the SDK at it, here as in another process. */
  readonly env: () => Record<string, string>
  /** What deployments change of its world. */
  readonly world: () => any
  /** A request as any AWS client sends it. */
  readonly call: (operation: string, input: object) => Promise<{ status: number; body: any }>
}

/** Serves it to the tests of a file, with these services and the rule nightly in it, and points the SDK of this process at it. */
export function serveAws({
  services = ['web'],
  speed = 1,
}: {
  services?: readonly string[]
  speed?: number
}): ServedAws {
  let aws: RunningLocalAws
  const env = (): Record<string, string> => ({
    AWS_ENDPOINT_URL: aws.url,
    AWS_REGION: 'us-east-1',
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  })
  beforeAll(async () => {
    aws = await startLocalAws({ speed })
    aws.provision({ services: services.map(service), rules: [{ name: 'nightly' }] })
    // Nothing of this machine's own.
    const here = { ...env(), AWS_CONFIG_FILE: devNull, AWS_SHARED_CREDENTIALS_FILE: devNull }
    for (const [name, value] of Object.entries(here)) vi.stubEnv(name, value)
  })
  afterAll(async () => {
    vi.unstubAllEnvs()
    await aws.close()
  })
  return {
    env,
    world() {
      const { clusters, services: known, taskDefinitions, tasks, rules, topics } = aws.world.regions['us-east-1']!
      return structuredClone({ clusters, services: known, taskDefinitions, tasks, rules, topics })
    },
    async call(operation, input) {
      const headers = {
        'x-amz-target': `AmazonEC2ContainerServiceV20141113.${operation}`,
        'content-type': 'application/x-amz-json-1.1',
      }
      const answer = await fetch(aws.url, { method: 'POST', headers, body: JSON.stringify(input) })
      return { status: answer.status, body: await answer.json() }
    },
  }
}

function service(name: string) {
  return {
    cluster: 'my_cluster',
    service: name,
    taskDefinition: { family: name, containerDefinitions: [{ name, image: 'my_image:initial', memory: 512 }] },
  }
}
