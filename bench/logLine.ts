/**
 * What a log line of 1 MB costs: whole deploys whose one-off task logs one, and the same without it, by turns, so that a busy
 * machine slows both alike. `npm run bench:log-line [-- 7]` measures the built package; ends 1 where it costs more than a fifth.
 */
import { EcsTask, type Listener, type TaskDefinition } from 'ecs-task'
import { startLocalAws } from 'ecs-task/local'
import { median } from './measure.ts'

const rounds = Number(process.argv[2] ?? 5)
const group = '/ecs/web'
// The most that CloudWatch Logs takes at once is 1 MiB, of which 26 bytes are not the text's.
const line = Buffer.from(Array.from({ length: 786_000 }, (_, at) => (at * 7919 + (at >> 3)) % 251)).toString('base64')

class WebTask extends EcsTask {
  override taskDefinition: TaskDefinition = {
    family: 'web',
    containerDefinitions: [
      {
        name: 'web',
        image: 'web:<image_tag>',
        memory: 512,
        environment: Array.from({ length: 20 }, (_, at) => ({ name: `SECRET_${at}`, value: `hunter${at}+x/9 Z${at}` })),
        logConfiguration: {
          logDriver: 'awslogs',
          options: { 'awslogs-group': group, 'awslogs-region': 'us-east-1', 'awslogs-stream-prefix': 'ecs' },
        },
      },
    ],
  }
  override runTasks = [{ cluster: 'my_cluster' }]
  override updateServices = [{ cluster: 'my_cluster', service: 'web' }]
}

const times: { readonly without: number[]; readonly with: number[] } = { without: [], with: [] }
await deploy(false) // once unrecorded: loads the SDK
for (let round = 0; round < rounds; round++) {
  times.without.push(await deploy(false))
  times.with.push(await deploy(true))
}
const [without, withLine] = [median(times.without), median(times.with)]
console.log(
  `Node ${process.version}, medians of ${rounds}: ${Math.round(without)} ms, with a line of 1 MB ${Math.round(withLine)} ms`,
)
console.log(`ratio ${(withLine / without).toFixed(2)}`)
process.exitCode = withLine / without > 1.2 ? 1 : 0

/** Milliseconds of one deploy, on a local AWS of its own whose clock runs 20 times as fast. */
async function deploy(logs: boolean): Promise<number> {
  const aws = await startLocalAws({ speed: 20 })
  aws.provision({
    clusters: ['my_cluster'],
    services: [{ cluster: 'my_cluster', service: 'web', taskDefinition: new WebTask().taskDefinition }],
  })
  let written = 0
  const hear: Listener['hear'] = (event) => {
    if (event.type === 'log.received') written += event.message.length
  }
  // The task is soon over: its line is there from its first moment.
  let isPut = !logs
  const waiting = setInterval(() => {
    const tasks = isPut ? [] : Object.values(aws.world.regions['us-east-1']?.tasks ?? {})
    const once = tasks.find(({ task }) => task.group?.startsWith('family:'))
    if (!once) return
    isPut = true
    void put(aws, once.task.taskArn.split('/').at(-1)!).then((isThere) => (isPut = isThere))
  }, 20)
  const began = performance.now()
  const { exitCode, summary } = await new WebTask().deploy('v2', {
    region: 'us-east-1',
    endpoint: aws.url,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    listeners: [{ hear }],
  })
  const taken = performance.now() - began
  clearInterval(waiting)
  await aws.close()
  if (exitCode !== 0) throw new Error(summary)
  if (logs && written < line.length) throw new Error(`Only ${written} characters of the line were told.`)
  return taken
}

async function put(aws: Awaited<ReturnType<typeof startLocalAws>>, task: string): Promise<boolean> {
  const answer = await fetch(aws.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'Logs_20140328.PutLogEvents',
      authorization:
        'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/logs/aws4_request, SignedHeaders=host, Signature=0',
    },
    body: JSON.stringify({
      logGroupName: group,
      logStreamName: `ecs/web/${task}`,
      logEvents: [{ timestamp: aws.now(), message: line }],
    }),
  })
  return answer.ok
}
