// The program `ecs-task`: all commands, those of a class for the files that are named.
import { runProgram } from './commands/program/program.ts'
import { ApplyCommand } from './commands/apply.ts'
import { ClusterDeployCommand } from './commands/clusterDeploy.ts'
import { ClusterDescribeCommand } from './commands/clusterDescribe.ts'
import { ClusterDestroyCommand } from './commands/clusterDestroy.ts'
import { ClusterDiffCommand } from './commands/clusterDiff.ts'
import { ClusterVerifyCommand } from './commands/clusterVerify.ts'
import { CompletionCommand } from './commands/completion.ts'
import { InitCommand } from './commands/init.ts'
import { InstancesRefreshCommand } from './commands/instancesRefresh.ts'
import { InstancesStatusCommand } from './commands/instancesStatus.ts'
import { LocalCommand } from './commands/local.ts'
import { ReportCommand } from './commands/report.ts'
import { RunCommand } from './commands/run.ts'
import { ServiceDestroyCommand } from './commands/serviceDestroy.ts'
import { ServiceUpdateCommand } from './commands/serviceUpdate.ts'
import { VersionCommand } from './commands/version.ts'
import { classCommands } from './EcsTask.ts'
import { wordsFromEnvironment } from './commands/ci/wordsFromEnvironment.ts'
import { filesLast } from './commands/options/filesLast.ts'
import { notifiers } from './notify.ts'
import { endProcess, endUncaught, fromProcess, programOptions } from './commands/program/fromProcess.ts'
import { catchUncaught } from './commands/program/uncaught.ts'
import { toTheEnd } from './commands/program/unfinished.ts'

const commands = [
  ...classCommands,
  ApplyCommand,
  ServiceUpdateCommand,
  ServiceDestroyCommand,
  RunCommand,
  ClusterDeployCommand,
  ClusterDiffCommand,
  ClusterVerifyCommand,
  ClusterDescribeCommand,
  ClusterDestroyCommand,
  InstancesStatusCommand,
  InstancesRefreshCommand,
  ReportCommand,
  InitCommand,
  LocalCommand,
  CompletionCommand,
  VersionCommand,
]

catchUncaught(endUncaught)
void toTheEnd(() =>
  runProgram(
    commands,
    filesLast(wordsFromEnvironment(process.argv.slice(2), process.env)),
    fromProcess({ declared: [], program: 'ecs-task', notify: notifiers }),
    programOptions('ecs-task'),
  ).then(endProcess),
)
