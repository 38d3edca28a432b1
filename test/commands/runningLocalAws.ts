import { type Started, program, project } from './support.ts'

export interface RunningLocalAws extends Started {
  readonly url: string
  readonly folder: string
  /** What points the SDK and the AWS CLI at it. */
  readonly env: Record<string, string>
  /** What deployments change of its world. */
  readonly world: () => Promise<any>
  /** A request as any AWS client sends it. */
  readonly call: (operation: string, input: object) => Promise<{ status: number; body: any }>
}

/** `ecs-task local --port 0`, when it is ready, with what the examples take for granted in it. */
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
  await fetch(`${url}/_local/provision`, {
    method: 'POST',
    body: JSON.stringify({ services: services.map(service), rules: [{ name: 'nightly' }] }),
  })
  return {
    ...started,
    url,
    folder,
    env: {
      AWS_ENDPOINT_URL: url,
      AWS_REGION: 'us-east-1',
      AWS_DEFAULT_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
    },
    async world() {
      const { regions } = (await (await fetch(`${url}/_local/world`)).json()) as any
      const { clusters, services: known, taskDefinitions, tasks, rules, topics } = regions['us-east-1']
      return { clusters, services: known, taskDefinitions, tasks, rules, topics }
    },
    async call(operation, input) {
      const headers = {
        'x-amz-target': `AmazonEC2ContainerServiceV20141113.${operation}`,
        'content-type': 'application/x-amz-json-1.1',
      }
      const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(input) })
      return { status: answer.status, body: await answer.json() }
    },
  }
}

function service(name: string): object {
  return {
    cluster: 'my_cluster',
    service: name,
    taskDefinition: { family: name, containerDefinitions: [{ name, image: 'my_image:initial', memory: 512 }] },
  }
}
