// Starts the server of moto, and calls it.
import { type ChildProcess, spawn } from 'node:child_process'
import {
  CreateClusterCommand,
  CreateServiceCommand,
  DescribeServicesCommand,
  ECSClient,
  ListTaskDefinitionsCommand,
  RegisterTaskDefinitionCommand,
} from '@aws-sdk/client-ecs'
import { EventBridgeClient, ListTargetsByRuleCommand, PutRuleCommand } from '@aws-sdk/client-eventbridge'
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns'

const credentials = { accessKeyId: 'test', secretAccessKey: 'test' }
const region = 'us-east-1'

/** moto's server, in its own process on a free port of 127.0.0.1. https://docs.getmoto.org/en/latest/docs/server_mode.html */
export interface Moto {
  readonly settings: { readonly endpoint: string; readonly region: string; readonly credentials: typeof credentials }
  readonly ecs: ECSClient
  readonly events: EventBridgeClient
  readonly sns: SNSClient
  /** Forgets everything. */
  readonly reset: () => Promise<void>
  /**
   * A task goes on to its next status each time it has been described so often; without it moto takes one step each time.
   * https://docs.getmoto.org/en/latest/docs/configuration/state_transition/
   */
  readonly describeToAdvance: (times: number) => Promise<void>
  readonly close: () => void
}

/**
 * Starts it, and resolves when it says that it is running. Rejects with what it says when it ends instead. A service of moto
 * has `running` tasks, from its start to its end.
 */
export async function startMoto(python: string, { running }: { readonly running: number }): Promise<Moto> {
  const child = spawn(python, ['-m', 'moto.server', '-H', '127.0.0.1', '-p', '0'], {
    env: { ...process.env, MOTO_ECS_SERVICE_RUNNING: String(running) },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const endpoint = await urlOf(child)
  const settings = { endpoint, region, credentials }
  const post = async (path: string, body?: object): Promise<void> => {
    const answer = await fetch(`${endpoint}/moto-api/${path}`, {
      method: 'POST',
      ...(body && { body: JSON.stringify(body) }),
    })
    if (!answer.ok) throw new Error(`moto answers ${path} with ${answer.status}: ${await answer.text()}`)
  }
  return {
    settings,
    ecs: new ECSClient(settings),
    events: new EventBridgeClient(settings),
    sns: new SNSClient(settings),
    reset: () => post('reset'),
    describeToAdvance: (times) =>
      post('state-manager/set-transition', { model_name: 'ecs::task', transition: { progression: 'manual', times } }),
    close: () => void child.kill(),
  }
}

function urlOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = ''
    child.stderr!.setEncoding('utf8').on('data', (text: string) => {
      said += text
      const url = /Running on (http:\/\/127\.0\.0\.1:\d+)/.exec(said)?.[1]
      if (url !== undefined) resolve(url)
    })
    child.on('close', () => reject(new Error(`moto has ended: ${said}`)))
    child.on('error', reject)
  })
}

/** The prerequisites of a definition: a cluster, a service that runs its first revision, a rule. */
export async function makeWorld({ ecs, events }: Moto, { services }: { services: readonly string[] }): Promise<void> {
  await ecs.send(new CreateClusterCommand({ clusterName: 'my_cluster' }))
  const containerDefinitions = [{ name: 'web', image: 'shop/web:initial', memory: 128 }]
  await ecs.send(new RegisterTaskDefinitionCommand({ family: 'web', containerDefinitions }))
  for (const serviceName of services) {
    const service = { cluster: 'my_cluster', serviceName, taskDefinition: 'web:1', desiredCount: 1 }
    await ecs.send(new CreateServiceCommand({ ...service, launchType: 'FARGATE' }))
  }
  await events.send(new PutRuleCommand({ Name: 'hourly', ScheduleExpression: 'rate(1 hour)' }))
}

/** A topic, and a queue that is given what is published to it. */
export async function makeTopic(moto: Moto): Promise<{ topicArn: string; received: () => Promise<any[]> }> {
  const { QueueUrl } = await ask(moto, 'sqs', 'AmazonSQS.CreateQueue', { QueueName: 'deploys' })
  const { TopicArn = '' } = await moto.sns.send(new CreateTopicCommand({ Name: 'deploys' }))
  const Endpoint = 'arn:aws:sqs:us-east-1:123456789012:deploys'
  await moto.sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint }))
  return {
    topicArn: TopicArn,
    async received() {
      const all: any[] = []
      for (;;) {
        const { Messages = [] } = await ask(moto, 'sqs', 'AmazonSQS.ReceiveMessage', {
          QueueUrl,
          MaxNumberOfMessages: 10,
        })
        if (Messages.length === 0) return all
        all.push(...Messages.map(({ Body }: { Body: string }) => JSON.parse(Body)))
      }
    },
  }
}

/** A service without a client of its own here: moto reads which one it is out of the credential scope. */
export async function ask({ settings }: Moto, service: string, target: string, input: object): Promise<any> {
  const headers = {
    'content-type': 'application/x-amz-json-1.0',
    'x-amz-target': target,
    authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`,
  }
  const answer = await fetch(settings.endpoint, { method: 'POST', headers, body: JSON.stringify(input) })
  if (!answer.ok) throw new Error(`moto answers ${target} with ${answer.status}: ${await answer.text()}`)
  return answer.json()
}

/** What there is: each service's revision, the rule's targets, the ACTIVE revisions. */
export async function stateOf(
  { ecs, events }: Moto,
  services: readonly string[],
): Promise<{ services: any; targets: any[]; active: string[] }> {
  const described = await ecs.send(new DescribeServicesCommand({ cluster: 'my_cluster', services: [...services] }))
  const { Targets = [] } = await events.send(new ListTargetsByRuleCommand({ Rule: 'hourly' }))
  const { taskDefinitionArns = [] } = await ecs.send(new ListTaskDefinitionsCommand({ familyPrefix: 'web' }))
  return {
    services: Object.fromEntries(
      (described.services ?? []).map((one) => [one.serviceName, nameOf(one.taskDefinition ?? '')]),
    ),
    targets: Targets,
    active: taskDefinitionArns.map(nameOf),
  }
}

const nameOf = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1)
