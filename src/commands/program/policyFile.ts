// Reads the IAM policy that `local --policy` names.
import { EcsTaskError } from '../../ground/errors.ts'
import { readText } from '../../ground/readText.ts'
import { loadLocal } from './loadLocal.ts'

/** The JSON of the policy in a file; throws `BadArguments`, with everything that is wrong, where it cannot be enforced. */
export async function readPolicy(file: string): Promise<string> {
  let text: string
  try {
    text = readText(file)
  } catch (error) {
    throw new EcsTaskError('BadArguments', `${file} cannot be read.`, { why: (error as Error).message, cause: error })
  }
  const { policyProblems } = await loadLocal()
  const problems = policyProblems(text)
  if (problems.length === 0) return text
  throw new EcsTaskError('BadArguments', `${file} is not an IAM policy that can be enforced.`, {
    problems,
    fix: 'Print one: ecs-task policy FILE > policy.json',
  })
}
