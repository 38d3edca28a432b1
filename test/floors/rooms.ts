// The house as data: its rooms, what each may import, and what only a few places may use. Adding a file touches none of it.

/** A room is a folder; a list names others, with blanks between them. `*` is every room above it in the same table. */
export type Rooms = Readonly<Record<string, string>>

/** Bottom up: what each room of the house may import. */
export const house: Rooms = {
  ground: '',
  aws: 'ground',
  definition: 'ground',
  engine: 'ground aws definition',
  rollout: 'ground aws definition engine',
  'deploy/lock': 'ground aws definition engine',
  deploy: 'ground aws definition engine rollout deploy/lock',
  'deploy/verify': 'ground aws definition engine rollout deploy/lock deploy',
  'deploy/policy': 'ground aws definition engine rollout deploy/lock deploy',
  cluster: 'ground aws definition engine rollout deploy/lock deploy deploy/verify',
  instances: 'ground aws definition engine rollout',
  output: 'ground aws definition engine',
  'commands/import': 'ground aws definition engine rollout deploy/lock deploy cluster',
  'commands/options': 'ground aws definition engine rollout',
  'commands/ci': 'ground aws definition engine rollout output',
  'commands/program': '*',
  'commands/files': '*',
  'commands/look': '*',
  'commands/lock': '*',
  'commands/shell': '*',
  commands: '*',
  doors: '*',
}

/** Of these rooms it may import types, and nothing else. */
export const typesOnly: Rooms = { output: 'rollout deploy/lock deploy deploy/verify deploy/policy cluster instances' }

/** The files at the root of `src/`. No room imports them. */
export const doors = 'EcsTask.ts cli.ts index.ts notify.ts'

/** Bottom up: what each room of the local AWS may import. A service imports another where AWS itself reaches across. */
export const local: Rooms = {
  world: '',
  wire: 'world',
  ecr: 'world wire',
  elbv2: 'world wire',
  eventbridge: 'world wire',
  iam: 'world wire',
  logs: 'world wire',
  route53: 'world wire',
  s3: 'world wire',
  secretsmanager: 'world wire',
  sns: 'world wire',
  ssm: 'world wire',
  sts: 'world wire iam',
  servicediscovery: 'world wire route53',
  ecs: 'world wire ecr elbv2 logs servicediscovery',
  ec2: 'world wire ecs',
  autoscaling: 'world wire ec2',
  scheduler: 'world wire iam ecs',
  applicationautoscaling: 'world wire scheduler',
  time: 'world servicediscovery ecs ec2 autoscaling scheduler applicationautoscaling',
  provisioning: '*',
  local: '*',
}

/** What a service keeps in the world stands beside the service's rules, and yet belongs to the world. */
export const records = 'records.ts'

/** The house and the local AWS meet on the wire and share no code. Only this file knows where the local AWS is. */
export const bridge = { from: 'commands/program/loadLocal.ts', to: 'local/index.ts' }

/** Files of such a folder never import each other. */
export const siblings = 'calls commands listeners operations rules steps verify/checks'

/** Where a package may be imported. `import type` is free in the house, and `import type` of the SDK everywhere. */
export const packages: Readonly<Record<string, string>> = {
  '@aws-sdk/': 'aws/',
  '@smithy/core': 'aws/',
  '@smithy/node-http-handler': 'aws/',
  clipanion: 'commands/ cli.ts',
  'fastest-levenshtein': 'ground/ local/',
  'get-east-asian-width': 'output/',
  'http-proxy-agent': 'aws/',
  'https-proxy-agent': 'aws/',
  'lodash.clonedeep': 'definition/',
  'proxy-from-env': 'aws/',
  re2js: 'local/ecs/',
  tinyglobby: 'commands/files/',
  tsx: 'commands/files/',
  yaml: 'cluster/file/',
}

/** What takes long to load: those places `require` them when they are needed. */
export const lazy =
  'node:crypto node:http node:https node:readline @aws-sdk/ @smithy/core @smithy/node-http-handler http-proxy-agent https-proxy-agent proxy-from-env yaml'

/** Where the machine may be reached. Everywhere else it is an argument, so that a test can pass its own. */
export const edges: readonly { readonly names: readonly string[]; readonly places: string }[] = [
  {
    names: ['process', 'node:process'],
    places: 'EcsTask.ts cli.ts commands/ aws/proxy.ts aws/region.ts output/listeners/tty.ts local/world/lock.ts',
  },
  { names: ['console', 'node:console'], places: '' },
  {
    names: ['Date.now', 'Date()', 'new Date()', 'performance', 'node:perf_hooks'],
    places: 'ground/clock.ts output/listeners/tty.ts local/index.ts',
  },
  {
    names: ['setTimeout', 'setInterval', 'setImmediate', 'AbortSignal.timeout', 'node:timers', 'node:timers/promises'],
    places: 'ground/clock.ts output/listeners/tty.ts local/wire/server.ts',
  },
  {
    names: ['Math.random', 'crypto', 'randomUUID', 'randomBytes', 'randomInt', 'getRandomValues'],
    places: 'ground/clock.ts',
  },
]

/** Where in the local AWS a value may go without a type: what has come in and nobody has checked is Unchecked, and only its type says `any`. */
export const untyped: typeof edges = [
  { names: ['Unchecked'], places: 'local/control.ts local/provisioning/ local/wire/ local/world/' },
  { names: ['the type any'], places: 'local/world/wire.ts' },
]

/** A longer file holds two things, unless it is generated. */
export const mostLines = 250

/** A fuller folder needs a wall, unless it has one file for each of AWS's calls. */
export const mostFiles = 30
export const fullFolders = 'operations steps'

/** Names that do not say what is inside. */
export const emptyNames =
  /(^|[/.\-_])(utils?|helpers?|commons?|managers?|misc|stuff)(?=$|[/.\-_])|(Utils?|Helpers?|Manager)(?=$|[/.])/
