// A local AWS that serves the tests of a file: as `ecs-task local`, a process of its own, or in the process of the tests.
import { devNull } from 'node:os'
import { afterAll, beforeAll, vi } from 'vitest'
import { type Provision, type RunningLocalAws as Server, startLocalAws } from '../../src/local/index.ts'
import type { Unchecked } from '../../src/local/world/wire.ts'
import type { Region, World } from '../../src/local/world/world.ts'
import { type Started, program, project } from './support.ts'

/** The part of a state that deployments change. */
type Deployed = Pick<Region, 'clusters' | 'services' | 'taskDefinitions' | 'tasks' | 'rules' | 'topics'>

/** A running local AWS: where it is, and how to read and call it. */
interface Served {
  readonly url: string
  /** What points the SDK and the AWS CLI at it. */
  readonly env: Record<string, string>
  readonly world: () => Promise<Deployed>
  /** A request as any AWS client sends it. */
  readonly call: (operation: string, input: object) => Promise<{ status: number; body: Unchecked }>
}

export interface RunningLocalAws extends Started, Served {
  readonly folder: string
}

/** `ecs-task local --port 0`, when it is ready, with the prerequisites of the examples in it. */
export async function runLocalAws(
  words: readonly string[],
  services: readonly string[] = ['web'],
): Promise<RunningLocalAws> {
  const { folder, start } = project({})
  const started = start([program, 'local', '--port', '0', ...words])
  let stdout = ''
  started.child.stdout?.on('data', (chunk: string) => (stdout += chunk))
  await started.said('\n')
  const url = stdout.trim()
  await fetch(`${url}/_local/provision`, { method: 'POST', body: JSON.stringify(fixtures(services)) })
  return { ...started, ...served(url), folder }
}

/** One in this process for the tests of a file; the SDK of this process is pointed at it, too. */
export function serveAws({
  services = ['web'],
  speed = 1,
}: { services?: readonly string[]; speed?: number } = {}): () => Served {
  let aws: Server
  beforeAll(async () => {
    aws = await startLocalAws({ speed })
    aws.provision(fixtures(services))
    // Nothing of this machine's own.
    const env = { ...served(aws.url).env, AWS_CONFIG_FILE: devNull, AWS_SHARED_CREDENTIALS_FILE: devNull }
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value)
  })
  afterAll(async () => {
    vi.unstubAllEnvs()
    await aws.close()
  })
  return () => served(aws.url)
}

function served(url: string): Served {
  return {
    url,
    env: {
      AWS_ENDPOINT_URL: url,
      AWS_REGION: 'us-east-1',
      AWS_DEFAULT_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
    },
    async world() {
      const { regions } = (await (await fetch(`${url}/_local/world`)).json()) as World
      const { clusters, services: known, taskDefinitions, tasks, rules, topics } = regions['us-east-1']!
      return { clusters, services: known, taskDefinitions, tasks, rules, topics }
    },
    async call(operation, input) {
      const headers = {
        'x-amz-target': `AmazonEC2ContainerServiceV20141113.${operation}`,
        'content-type': 'application/x-amz-json-1.1',
      }
      const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(input) })
      return { status: answer.status, body: (await answer.json()) as Unchecked }
    },
  }
}

/** Services, and the rule nightly. */
function fixtures(services: readonly string[]): Provision {
  return { services: services.map(service), rules: [{ name: 'nightly' }] }
}

function service(name: string): NonNullable<Provision['services']>[number] {
  return {
    cluster: 'my_cluster',
    service: name,
    taskDefinition: { family: name, containerDefinitions: [{ name, image: 'my_image:initial', memory: 512 }] },
  }
}
