/** Seeds that once broke an invariant, and what they found. */
export const regressions: readonly { readonly seed: number; readonly found: string }[] = [
  { seed: 78, found: 'an interrupt during the reads before the plan was exit 70' },
  {
    seed: 746,
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
]
