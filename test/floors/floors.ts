/**
 * The architecture, as data. A file is named without `.ts`; a name that ends in `/` is a folder, whose files never import
 * each other.
 *
 * Bottom first: a file may import what is on its own floor or below, never above. Nothing may import in a circle.
 */
export const floors: readonly (readonly string[])[] = [
  ['errors', 'clock', 'names', 'duration', 'reading/shapes'],
  [
    'screen/visible',
    'screen/width',
    'screen/wrapped',
    'screen/line',
    'screen/folded',
    'screen/color',
    'screen/elapsed',
  ],
  ['reading/nearest', 'reading/nearMisses', 'reading/select', 'reading/shown', 'screen/compact'],
  ['definition'],
  ['reading/check', 'reading/misspeltMembers', 'reading/rules', 'reading/placeholder', 'read'],
  ['secrets/looksSecret', 'secrets/redactText', 'secrets/redact'],
  ['reading/imageTags', 'reading/setByAws', 'reading/normalTaskDefinition', 'readAll', 'sameTaskDefinition'],
  [
    'editing/image',
    'editing/edits',
    'editing/shownWord',
    'editing/parseEdits',
    'editing/contradictions',
    'editing/editVariables',
    'editing/editLog',
    'editing/editImages',
    'editing/edited',
    'editing/registerable',
    'editing/jsonProblem',
    'editing/parseJsonFile',
    'editing/taskDefinitionFromFile',
  ],
  ['lazy'],
  [
    'stack/stack',
    'stack/shape',
    'stack/written',
    'stack/port',
    'stack/volume',
    'definition/splitCommand',
    'stack/fillVariables',
  ],
  ['stack/forms', 'stack/keys/foreignKeys', 'stack/keys/containerKeys', 'stack/keys/elbKeys'],
  ['stack/keys/serviceKeys', 'stack/keys/stackKeys'],
  ['stack/syntaxProblem', 'stack/mapOf', 'stack/writtenFile'],
  [
    'stack/checked',
    'stack/looking',
    'stack/scalarProblem',
    'stack/checkCommand',
    'stack/checkKeys',
    'stack/checkNamed',
    'stack/checkShape',
  ],
  ['stack/merge', 'stack/missingKeys', 'stack/service', 'stack/draft'],
  ['stack/rules/'],
  ['stack/rules', 'stack/containerOf', 'stack/elbOf', 'stack/stackOf', 'stack/readStack'],
  [
    'stack/unlessDefault',
    'stack/containerEntry',
    'stack/elbEntry',
    'stack/serviceEntry',
    'stack/stackText',
    'stack/stackSchema',
  ],
  ['aws/limiter', 'aws/retry', 'aws/callFacts', 'aws/calls/', 'aws', 'aws/unknownMembers', 'aws/sdk'],
  ['step', 'turns'],
  [
    'refreshing/fleet',
    'refreshing/wanted',
    'refreshing/outdated',
    'refreshing/marks',
    'refreshing/undrainable',
    'refreshing/lacking',
    'refreshing/batches',
    'refreshing/assess',
    'refreshing/hazards',
    'refreshing/readGroup',
    'refreshing/terminateInGroup',
    'refreshing/observeInstances',
  ],
  ['plan'],
  ['events', 'problem', 'exitCode'],
  [
    'following/deadline',
    'following/lifecycle',
    'following/pace',
    'following/plannedWait',
    'following/verdict',
    'following/stuck',
    'following/serviceDeployment',
    'following/servicePoller',
    'following/progress',
    'following/stoppedTasks',
    'following/suspects',
    'following/targetHealth',
    'following/unreadable',
    'following/logStream',
    'following/forensics',
    'following/taskFailure',
    'following/settled',
    'following/operation',
    'stepKind',
  ],
  [
    'following/drainForensics',
    'following/followCapacity',
    'following/followDrain',
    'following/taskLogs',
    'following/followTasks',
    'following/milestone',
    'following/followDeployment',
    'following/stopDeployments',
    'targets',
  ],
  ['history', 'inherited', 'uses', 'observe', 'live', 'refreshing/takeAway'],
  ['steps/'],
  [
    'provisioning/resourceNames',
    'provisioning/marks',
    'provisioning/changes',
    'provisioning/work',
    'provisioning/taskDefinitionOf',
    'provisioning/desired',
    'provisioning/found',
    'provisioning/findBalancing',
    'provisioning/findStack',
    'provisioning/describedContainer',
    'provisioning/describedElb',
    'provisioning/describedStack',
    'provisioning/loadBalancerWork',
    'provisioning/targetGroupWork',
    'provisioning/listenerWork',
    'provisioning/recordWork',
    'provisioning/balancingWork',
    'provisioning/discoveryWork',
    'provisioning/removalWork',
    'provisioning/revisionWork',
    'provisioning/taskWork',
    'provisioning/createInputOf',
    'provisioning/serviceWork',
    'provisioning/stackWork',
  ],
  ['pointing', 'unchanged', 'revisions', 'refreshing/batchStages', 'refreshing/recovery'],
  ['plans/'],
  ['kinds', 'performStep', 'undo', 'run'],
  ['notify'],
  ['picture', 'screen/problemLines', 'screen/forensicsLines', 'screen/linesOf', 'screen/frame', 'screen/repainter'],
  [
    'status',
    'serviceStatus',
    'statusFindings',
    'readStatus',
    'screen/statusText',
    'screen/diffText',
    'instancesStatus',
    'screen/instancesText',
  ],
  ['renderers/'],
  ['localAws'],
  ['carryOut', 'perform'],
  ['settings'],
  [
    'taskDefinitionFile',
    'stackFiles',
    'updateService',
    'runOnce',
    'deployCluster',
    'destroyCluster',
    'takenByStack',
    'refreshInstances',
  ],
  ['command', 'confirm', 'holding', 'session', 'performCommand', 'writeCommand', 'program', 'fromProcess'],
  ['wantedStack', 'destroyCommand'],
  ['commands/'],
  ['EcsTask'],
  ['index'],
  ['cli'],
]

/** Which files may import which packages. `import type` of any of them is free. `node:` modules are free, but for `edges`. */
export const packages: Readonly<Record<string, readonly string[]>> = {
  '@aws-sdk/client-auto-scaling': [],
  '@aws-sdk/client-ec2': [],
  '@aws-sdk/client-ecs': [],
  '@aws-sdk/client-eventbridge': [],
  '@aws-sdk/client-cloudwatch-logs': [],
  '@aws-sdk/client-elastic-load-balancing-v2': [],
  '@aws-sdk/client-route-53': [],
  '@aws-sdk/client-servicediscovery': [],
  '@aws-sdk/client-sns': [],
  clipanion: ['command', 'performCommand', 'writeCommand', 'destroyCommand', 'program', 'commands/'],
  'lodash.clonedeep': ['read'],
  yaml: [],
}

/** Where the house may reach the machine: everywhere else it is an argument, so that a test can hand in its own. */
export const edges: Readonly<Record<string, readonly string[]>> = {
  process: ['fromProcess', 'renderers/tty', 'EcsTask', 'cli'],
  time: ['clock', 'renderers/tty'],
  timer: ['clock', 'renderers/tty'],
  chance: ['clock'],
}

/** What counts as each of those, as it is written in the source. */
export const reaches: Readonly<Record<string, readonly string[]>> = {
  process: ['process', 'node:process'],
  console: ['console', 'node:console'],
  time: ['Date.now', 'Date()', 'new Date()', 'performance', 'node:perf_hooks'],
  timer: ['setTimeout', 'setInterval', 'setImmediate', 'AbortSignal.timeout', 'node:timers', 'node:timers/promises'],
  chance: ['Math.random', 'crypto', 'randomUUID', 'randomBytes', 'randomInt', 'getRandomValues'],
}

/** The local AWS is a building of its own: the two meet on the wire. Only this file of the house knows where it is. */
export const local = { folder: 'local/', door: 'lazy' }

/** Where the local AWS may reach the machine. */
export const localEdges: Readonly<Record<string, readonly string[]>> = { process: ['lock'], time: ['index'] }

/** Folders of the local AWS whose files never import each other. */
export const localSiblings: readonly string[] = ['local/operations/']

/** A longer file holds two things. A generated file says so in its first line, and may be as long as it likes. */
export const mostLines = 250

/** Names that say nothing about what is inside. */
export const emptyNames =
  /(^|[/.\-_])(utils?|helpers?|commons?|managers?|misc|stuff)(?=$|[/.\-_])|(Utils?|Helpers?|Manager)(?=$|[/.])/
