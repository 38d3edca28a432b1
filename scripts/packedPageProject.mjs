// The project in which the blocks of a page run: the files that its commands name, and a local AWS with what they deploy to.
import { once } from 'node:events'
import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { AutoScalingClient, CreateAutoScalingGroupCommand } from '@aws-sdk/client-auto-scaling'
import { CreateLaunchTemplateCommand, EC2Client } from '@aws-sdk/client-ec2'
import { ECSClient, RegisterTaskDefinitionCommand, UpdateServiceCommand } from '@aws-sdk/client-ecs'
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm'
import { endOf, startUnder } from './packedChecks.mjs'

// Node 20 is supported as long as the SDK runs on it; its warning is no result of a test.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true'

const service = (name, memory) =>
  `  - ${name}:\n      image: registry.example.com/${name}:$TAG\n      memory: ${memory}\n`
const stack = `services:\n${['web', 'user', 'user-service'].map((name) => service(name, 512)).join('')}`

const shownClass = (name, family) => `export class ${name} extends EcsTask {
  override taskDefinition: TaskDefinition = {
    family: '${family}',
    containerDefinitions: [{ name: '${family}', image: 'my_image:<image_tag>', memory: 512 }],
  }
  override updateServices: ServiceUpdate[] = [{ cluster: 'my_cluster', service: '${family}' }]
}
`
const imports = "import { EcsTask, type ServiceUpdate, type TaskDefinition } from 'ecs-task'\n"
const taskDefinitionOf = (family, container = family, image = `${family}:v1`) => ({
  family,
  containerDefinitions: [{ name: container, image, memory: 512 }],
})

/** What is there where a first definition is written: files of other tools, from which it can be. */
export const importedFiles = {
  'package.json': '{ "private": true, "type": "module" }',
  'copilot/api/manifest.yml': 'name: api\ntype: Backend Service\nimage:\n  location: my_image:v1.2.2\n  port: 80\n',
  'ecspresso.yml': 'cluster: my_cluster\nservice: worker\ntask_definition: ecs-task-def.json\n',
  'ecs-task-def.json': JSON.stringify(taskDefinitionOf('worker', 'worker', 'my_image:{{ must_env `TAG` }}')),
}

/** What the pages have beside `_ecs/`: classes without `main()`, stacks, task definitions and a profile. */
const files = {
  'package.json': '{ "private": true, "type": "module" }',
  'tasks.ts': imports + shownClass('WebTask', 'web') + shownClass('WorkerTask', 'worker'),
  'shop.ts': imports + shownClass('ShopTask', 'shop'),
  'stack.yml': stack,
  'base.yml': stack,
  'prod.yml': `services:\n  - web:\n      memory: 1024\n`,
  // What the pages read from Terraform and, below, from the Parameter Store.
  'terraform.json': JSON.stringify({
    cluster_name: { value: 'prod' },
    execution_role_arn: { value: 'arn:aws:iam::123456789012:role/execution' },
    private_subnets: { value: ['subnet-0123456789abcdef0'] },
    security_group: { value: 'sg-0123456789abcdef0' },
  }),
  'policy.json': '{ "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "*", "Resource": "*" } }',
  'td.json': JSON.stringify(taskDefinitionOf('td')),
  'hello-task-definition.json': JSON.stringify(taskDefinitionOf('hello', 'hello', 'hello:v2')),
  '.aws/config': '[profile PROFILE]\nregion = us-east-1\naws_access_key_id = local\naws_secret_access_key = local\n',
}

/** The services that the pages deploy to, which Terraform would have created. */
const services = [
  ['my_cluster', 'web', taskDefinitionOf('web', 'web', 'my_image:v1.2.2')],
  ['my_cluster', 'worker', taskDefinitionOf('worker')],
  ['my_cluster', 'shop', taskDefinitionOf('shop')],
  ['my_cluster', 'shop-web', taskDefinitionOf('shop-web')],
  ['my_cluster', 'shop-worker', taskDefinitionOf('shop-worker')],
  ['prod', 'doorman', taskDefinitionOf('doorman', 'app', 'docker.repo.com/doorman:v41')],
  ['prod', 'shop', taskDefinitionOf('prod-shop', 'app', 'repo/img:v1')],
  [
    'c',
    's',
    { ...taskDefinitionOf('s', 'app', 'repo/img:v1'), executionRoleArn: 'arn:aws:iam::123456789012:role/execution' },
  ],
  ['staging', 'hello', taskDefinitionOf('hello')],
  ['production1', 'doorman-service', taskDefinitionOf('doorman-service', 'doorman', 'docker.repo.com/doorman:v41')],
]

const parameters = { '/search/cluster': 'prod', '/search/memory': '512' }

/** Makes the folder of a page, in the installed project so that node_modules is found above it. */
export function makePageProject(installed, page) {
  const folder = join(installed, 'pages', page.replaceAll('/', '-').replace('.md', ''))
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  for (const from of ['_ecs', 'templates', 'docs/patterns']) {
    cpSync(join(installed, 'node_modules/ecs-task', from), join(folder, '_ecs'), { recursive: true })
  }
  return folder
}

/** Starts the installed program's local AWS, ten minutes to a second, with what the pages deploy to. */
export async function startPageAws(folder, program) {
  const child = startUnder(process.execPath, folder, program, ['local', '--port', '0', '--speed', '600'], {
    timeout: 0,
  })
  const ended = endOf(child)
  const [line] = await once(child.stdout, 'data')
  const url = line.trim()
  const stop = () => child.kill('SIGTERM') && ended
  try {
    await provision(url)
    return { url, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function provision(url) {
  await create(url, services)
  const at = settingsOf(url)
  const ssm = new SSMClient(at)
  for (const [Name, Value] of Object.entries(parameters)) {
    await ssm.send(new PutParameterCommand({ Name, Value, Type: 'String' }))
  }
  const ecs = new ECSClient(at)
  // The pages name web:12, and update all services of the family that run an image of repo/web.
  const [[, , web]] = services
  for (let revision = 2; revision <= 11; revision++) await ecs.send(new RegisterTaskDefinitionCommand(web))
  const other = taskDefinitionOf('web', 'web', 'repo/web:v1')
  await ecs.send(new RegisterTaskDefinitionCommand(other))
  await create(url, [
    ['prod', 'web', other],
    ['c', 'web', other],
  ])
  const UserData = Buffer.from('#!/bin/bash\necho ECS_CLUSTER=prod >> /etc/ecs/ecs.config\n').toString('base64')
  const LaunchTemplateData = { ImageId: 'ami-1', InstanceType: 't3.medium', UserData }
  await new EC2Client(at).send(new CreateLaunchTemplateCommand({ LaunchTemplateName: 'web', LaunchTemplateData }))
  await new AutoScalingClient(at).send(
    new CreateAutoScalingGroupCommand({
      AutoScalingGroupName: 'web',
      LaunchTemplate: { LaunchTemplateName: 'web', Version: '$Latest' },
      MinSize: 2,
      MaxSize: 6,
      DesiredCapacity: 2,
      AvailabilityZones: ['us-east-1a', 'us-east-1b'],
    }),
  )
}

async function create(url, list) {
  const wanted = list.map(([cluster, name, taskDefinition]) => ({ cluster, service: name, taskDefinition }))
  const body = JSON.stringify({ clusters: ['my-cluster'], services: wanted, buckets: ['my-bucket'] })
  const answer = await fetch(`${url}/_local/provision`, { method: 'POST', body })
  if (!answer.ok) throw new Error(await answer.text())
}

const settingsOf = (endpoint) => ({
  endpoint,
  region: 'us-east-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
})

/** From now on deployments of my_cluster/web stop at a PAUSE hook, as those of a page's commands that continue them have. */
export async function pauseDeployments(url) {
  const deploymentConfiguration = {
    strategy: 'BLUE_GREEN',
    bakeTimeInMinutes: 0,
    lifecycleHooks: [{ targetType: 'PAUSE', lifecycleStages: ['POST_SCALE_UP'] }],
  }
  const update = { cluster: 'my_cluster', service: 'web', deploymentConfiguration }
  await new ECSClient(settingsOf(url)).send(new UpdateServiceCommand(update))
}
