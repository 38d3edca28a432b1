/** Seeds that once broke an invariant, and what they found. */
export const regressions: readonly { readonly seed: number; readonly found: string }[] = [
  { seed: 78, found: 'an interrupt during the reads before the plan was exit 70' },
  {
    seed: 320,
    found:
      'a service whose update was cut off between two attempts, the first of which AWS had carried out, was not put back',
  },
  {
    seed: 111,
    found: 'with --on-failure stop, a revision that AWS may have registered was not named among what is left',
  },
  {
    seed: 56,
    found: 'a revision was deregistered that a target on an event bus other than the default one pointed at',
  },
  {
    seed: 1944,
    found: 'a revision registered twice, since the first was not to be seen yet, stayed ACTIVE and was not named',
  },
  {
    seed: 2013,
    found: 'the end of the way back said that all was restored, while the run said that a revision may be left',
  },
  {
    seed: 48,
    found:
      'an interrupt before AWS had answered the last call of a stage put nothing back, and said that it was deployed',
  },
  ...[109404, 37032, 29349, 53115, 55582, 66927].map((seed) => ({
    seed,
    found: 'with --on-failure stop or leave, exit 3 named nothing that was left: only a one-off task had run',
  })),
  {
    seed: 101705,
    found: 'UpdateService with the revision that runs starts no deployment: the one before counted, with 1 of 2 tasks',
  },
  {
    seed: 86876,
    found: 'an interrupt between two attempts of PutTargets: what the first had set was neither put back nor named',
  },
  {
    seed: 89263,
    found: 'a deployment that had completed, of a service that somebody then deleted, did not count as completed',
  },
  {
    seed: 2507,
    found: 'a copy of the last revision that completed, which is no longer ACTIVE, passed for one that was left over',
  },
  {
    seed: 115,
    found: 'a rollback sent a service to a revision that is no longer ACTIVE: another service had last run it',
  },
  {
    seed: 5906,
    found: 'a rejection whose answer was lost, and that AWS had carried out, passed for one that was not',
  },
  {
    seed: 2040,
    found: 'wait said that nobody had put a service back that ECS had just begun to take back',
  },
  {
    seed: 6313,
    found: 'wait said that ECS had put a service back that was still on its way',
  },
  {
    seed: 6390,
    found: 'a continue that was interrupted before its second deployment said that it had continued',
  },
  {
    seed: 33,
    found: 'a service that ECS was taking back through its stages was said to be back at once',
  },
  {
    seed: 1380,
    found: 'load balancers that came back with the last revision that completed passed for what was before the run',
  },
  {
    seed: 24948,
    found:
      'a command that does not follow ends after ECS has put back, and not to where the one before it had just led',
  },
  {
    seed: 14058,
    found: 'a rollout that ECS was taking back passed for one that its percentages hold for ever',
  },
  {
    seed: 36345,
    found: 'wait took a deployment for done that was paused before its first task, of a service that is to have none',
  },
  {
    seed: 43947,
    found: 'a rollback that was not followed and failed said that all was as before, while ECS took services back',
  },
  {
    seed: 45890,
    found: 'two deploys of services without tasks overtook each other, and both ended superseded',
  },
  {
    seed: 2109,
    found: 'a deployment was to be stopped only once another rollout was over, and had completed by then',
  },
  {
    seed: 11427,
    found: 'a wait whose first look lagged took the deployment that it was to wait for for another one taking over',
  },
  {
    seed: 13986,
    found: 'a canary service that was told the revision that it runs, and more tasks, was done with two of five',
  },
  {
    seed: 27169,
    found: 'wait took a service without tasks for settled that ECS was taking back through its stages',
  },
  {
    seed: 24840,
    found: 'an interrupted run said that everything is as it was, though a class of it had been superseded and stays',
  },
  {
    seed: 46455,
    found: 'a wait took a service without tasks for settled whose deployment was stopped, as it tells no rolloutState',
  },
  {
    seed: 58632,
    found:
      'a wait whose look lagged took the deployment before for the one that was in progress, and said that none was',
  },
  {
    seed: 65023,
    found: 'a wait timed out on what it had seen before the machine slept for half an hour, though all had completed',
  },
  {
    seed: 21213,
    found:
      'a rejection whose answer was lost was taken for one that AWS had refused, where ECS had nothing to go back to',
  },
  {
    seed: 21788,
    found: 'a rollback stopped a deployment that completed at that moment, and changed nothing',
  },
  {
    seed: 98777,
    found: 'a service that only got another number of tasks was done by a look from before that',
  },
]
