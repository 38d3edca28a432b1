/** A fault that is planted in a copy of the engine: `find` stands once in the file, and is replaced. */
export interface PlantedFault {
  readonly name: string
  /** From `src`. */
  readonly file: string
  readonly find: string
  readonly replace: string
}

export const plantedFaults: readonly PlantedFault[] = [
  {
    name: 'one step is forgotten on the way back',
    file: 'engine/undo.ts',
    find: 'of phase) {',
    replace: 'of phase.slice(1)) {',
  },
  {
    name: 'a read that lags behind passes for a rollout that has completed',
    file: 'rollout/verdict.ts',
    find: "if (another || !ours) return { state: 'inProgress' }",
    replace: "if (another || !ours) return { state: 'completed' }",
  },
  {
    name: 'a service that looks stable passes for a rollout that has completed',
    file: 'rollout/verdict.ts',
    find: "return ours.rolloutState === 'COMPLETED'",
    replace: 'return ours.runningCount === ours.desiredCount',
  },
  {
    name: 'exit 0 although another deployment has taken over',
    file: 'rollout/verdict.ts',
    find: "return { state: 'superseded', by: others.id ?? '', taskDefinition: others.taskDefinition }",
    replace: "return { state: 'completed' }",
  },
  {
    name: 'revisions are pruned by count alone',
    file: 'deploy/revisionReferences.ts',
    find: '(await Promise.all(kinds.map((kind) => reads[kind]()))).flat()',
    replace: '[] as RevisionReference[]',
  },
  {
    name: 'a one-off task is sent again without its token',
    file: 'deploy/steps/runTask.ts',
    find: '{ ...input, clientToken, ...mark }',
    replace: '{ ...input, ...mark }',
  },
  {
    name: 'a missing exit code passes for 0',
    file: 'rollout/taskFailure.ts',
    find: 'return container?.exitCode === 0 ?',
    replace: 'return (container?.exitCode ?? 0) === 0 ?',
  },
  {
    name: 'a revision is deregistered before what points at it is put back',
    file: 'deploy/steps/deregisterTaskDefinition.ts',
    find: "undoPhase: 'deregister',",
    replace: '',
  },
  {
    name: 'what was registered stays on the way back',
    file: 'engine/undo.ts',
    find: 'for (const one of steps) await perform(one, of)',
    replace: "for (const one of steps) if (one.call.method !== 'deregisterTaskDefinition') await perform(one, of)",
  },
  {
    name: 'FailedEntryCount is not looked at',
    file: 'deploy/starters/targets.ts',
    find: 'answer.FailedEntries ?? []',
    replace: '[] as Entry[]',
  },
  {
    name: 'targets that were not there before stay',
    file: 'deploy/starters/targetsStage.ts',
    find: 'added.length > 0 ?',
    replace: 'added.length < 0 ?',
  },
  {
    name: 'targets get back only what is declared of them',
    file: 'deploy/starters/targetsStage.ts',
    find: 'restoreTargets(id, rule, before)',
    replace:
      'restoreTargets(id, rule, before.map(({ Id, Arn, RoleArn, EcsParameters }) => ({ Id, Arn, RoleArn, EcsParameters })))',
  },
  {
    name: 'a schedule is not put back but for its revision',
    file: 'deploy/steps/updateSchedule.ts',
    find: 'params: { sets, ifThere: true },',
    replace: 'params: { sets: [revisionOf], ifThere: true },',
  },
  {
    name: 'a member of a schedule that is not declared is reset',
    file: 'deploy/starters/schedule.ts',
    find: 'return { Name, ScheduleExpression, Target, FlexibleTimeWindow, ...defined(others) }',
    replace:
      'return { Name, ScheduleExpression, Target, FlexibleTimeWindow, ...defined({ ...others, Description: undefined }) }',
  },
  {
    name: 'what a schedule starts does not count as in use',
    file: 'deploy/starters/scheduleReferences.ts',
    find: "return [{ revision, kind: 'schedule'",
    replace: "return [{ revision: '', kind: 'schedule'",
  },
  {
    name: 'a service is put back to the wrong revision',
    file: 'deploy/steps/restoreService.ts',
    find: 'taskDefinition: goal }',
    replace: "taskDefinition: nameOf(goal ?? '').split(':')[0] }",
  },
  {
    name: 'a service gets its revision back and not its settings',
    file: 'deploy/steps/restoreService.ts',
    find: '...settings, taskDefinition',
    replace: 'cluster: settings.cluster, service: settings.service, taskDefinition',
  },
  {
    name: 'a desired count is sent that nobody has declared',
    file: 'deploy/steps/updateService.ts',
    find: 'input: { ...update, taskDefinition: revision }',
    replace: 'input: { desiredCount: 2, ...update, taskDefinition: revision }',
  },
  {
    name: 'a dry run writes',
    file: 'engine/executePlan.ts',
    find: '? notRun(plan)',
    replace: '? await run(plan, { ...context, until: context.until, program: context.program, aws, emit })',
  },
  {
    name: 'secrets are not taken out of the events',
    file: 'engine/executePlan.ts',
    find: 'Object.assign(redact(event)',
    replace: 'Object.assign({ ...event }',
  },
  {
    name: 'exit 2 after the first write',
    file: 'engine/afterFailure.ts',
    find: 'if (context.aws.writes === 0)',
    replace: 'if (context.aws.writes <= 1)',
  },
  {
    name: 'a write without an answer passes for one that was refused',
    file: 'engine/performStep.ts',
    find: 'if (error === signal.reason || error instanceof EcsTaskError) return true',
    replace: 'if (error) return true',
  },
  {
    name: 'a rollback goes to the newest revision',
    file: 'deploy/planRollback.ts',
    find: 'const [, ...earlier] = active',
    replace: 'const earlier = active',
  },
  {
    name: 'the wait for a rollout never gives up',
    file: 'rollout/followDeployment.ts',
    find: 'if (looked - began >= timeout)',
    replace: 'if (looked - began >= timeout * 1e6)',
  },
  {
    name: 'a desired count that is declared is sent to a DAEMON',
    file: 'deploy/revisionAssignment.ts',
    find: 'if (update.desiredCount === undefined || !service || !isDaemon(service)) return []',
    replace: 'return []',
  },
  {
    name: 'capacity providers are not put back',
    file: 'deploy/settingsBefore.ts',
    find: 'const { cluster, service, forceNewDeployment, taskDefinition, ...declared } = update',
    replace:
      'const { cluster, service, forceNewDeployment, taskDefinition, capacityProviderStrategy: _, ...declared } = update',
  },
  {
    name: 'a deployment in stages passes for one that has completed, also where it is paused',
    file: 'rollout/serviceDeployment.ts',
    find: "return { state: 'inProgress' }",
    replace: "return { state: 'completed' }",
  },
  {
    name: 'wait does not wait',
    file: 'deploy/steps/describeServices.ts',
    find: 'if (!service) return',
    replace: 'return',
  },
  {
    name: 'output that cannot be written ends the run',
    file: 'engine/executePlan.ts',
    find: '// There is nobody left to tell.',
    replace: "throw new Error('The disk is full.')",
  },
  {
    name: 'a class does not wait for those that it is after',
    file: 'engine/unitStage.ts',
    find: 'after.flatMap((one) => ends.get(one) ?? [])',
    replace: '[]',
  },
  {
    name: 'a class that failed stays as it is while the others go on',
    file: 'engine/afterFailure.ts',
    find: 'await undo(all, because, context, { leftovers: [], units })',
    replace: '[]',
  },
  {
    name: 'more services roll at one time than may',
    file: 'engine/gate.ts',
    find: 'queue.room--',
    replace: '',
  },
  {
    name: 'auto scaling is not resumed',
    file: 'deploy/scaling/suspension.ts',
    find: 'scaled.map(({ of, before }) => resumeScaling(of, before)),',
    replace: '[],',
  },
  {
    name: 'auto scaling stays suspended where a run fails',
    file: 'deploy/steps/setSuspendedState.ts',
    find: 'undo: [{ ...back, id: `${back.id} on the way back`, evenSuperseded: true }],',
    replace: 'undo: [],',
  },
  {
    name: 'a lock is not released',
    file: 'deploy/lock/keeper.ts',
    find: 'return giveBack(one, within).then(',
    replace: 'return Promise.resolve().then(',
  },
]
