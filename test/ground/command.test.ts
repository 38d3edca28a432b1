import { readFileSync, readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { awsCommand, commandFinder, ownCommand, reaching, sameAws } from '../../src/ground/command.ts'

describe('a command', () => {
  it('has its words quoted where a shell would take them apart', () => {
    expect(awsCommand('autoscaling describe-scaling-activities', { 'auto-scaling-group-name': "my group's" })).toBe(
      String.raw`aws autoscaling describe-scaling-activities --auto-scaling-group-name 'my group'\''s'`,
    )
  })

  it('of the AWS CLI has several words after one option, one of ours repeats the option', () => {
    expect(awsCommand('ecs describe-tasks', { cluster: 'c', tasks: ['1', '2'] })).toBe(
      'aws ecs describe-tasks --cluster c --tasks 1 2',
    )
    expect(ownCommand('ecs-task', 'service update', { image: ['a=1', 'b=2'], reject: true, max: undefined })).toBe(
      'ecs-task service update --image a=1 --image b=2 --reject',
    )
  })
})

describe('the command at the end of a text', () => {
  const find = commandFinder("tsx 'my files/web.ts'")

  it('is found alone and after a colon, with the values in it apart from its own words', () => {
    const text = `Do it with: aws ecs update-service --cluster shop --cli-input-json '{"a":"b c"}'`
    expect(find(text)).toEqual({
      before: 'Do it with: ',
      command: text.slice('Do it with: '.length),
      isOfAws: true,
      values: expect.arrayContaining(['shop', '{"a":"b c"}']),
    })
    expect(find(text)!.values.join(' ')).not.toMatch(/--|update-service|aws/)
  })

  it('may be one of the program, whatever it is called', () => {
    for (const text of ["tsx 'my files/web.ts' rollback", "Type: tsx 'my files/web.ts' continue --reject"]) {
      expect(find(text)?.values.join('')).toBe('')
    }
    expect(find('ecs-task instances refresh --cluster c --asg a')?.values).toEqual(expect.arrayContaining(['c', 'a']))
  })

  it('may hold others', () => {
    const text =
      'aws ecs stop-task --task "$(aws ecs list-tasks --cluster shop --query a)" && aws ecs stop-task --task b'
    expect(find(text)!.values.filter((value) => /\w/.test(value))).toEqual(['shop', 'a)"', 'b'])
  })

  it.each(['the service web rollback', 'look at aws ecs describe-tasks', 'aws ecs', 'tsx other.ts rollback', ''])(
    'is not in: %s',
    (text) => expect(find(text)).toBeUndefined(),
  )
})

describe('the source', () => {
  it('has no command but what is made here', () => {
    const src = new URL('../../src/', import.meta.url)
    const written = readdirSync(src, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts') && !path.startsWith('local/') && path !== 'ground/command.ts')
      .flatMap((path) =>
        readFileSync(new URL(path, src), 'utf8')
          .split('\n')
          .map((line) => `${path}: ${line.trim()}`),
      )
      .filter((line) => !/: (\/\/|\/?\*)/.test(line))
      .filter((line) => /['"`: (]aws [a-z0-9]+ [a-z]+-[a-z]|[pP]rogram\} [a-z]|: ecs-task [a-z]+ [a-z]+ --/.test(line))
    expect(written).toEqual([])
  })
})

describe('a command that a person is told to type', () => {
  const find = commandFinder("tsx 'my files/web.ts'")

  it('goes to the AWS that was asked, whatever it is put together of', () => {
    const there = sameAws({ region: 'eu-west-1', profile: 'my shop', local: false })
    const typed = (text: string, same = there): string => reaching(same, find(text)!)
    expect(typed("tsx 'my files/web.ts' rollback")).toBe(
      "tsx 'my files/web.ts' rollback --region eu-west-1 --profile 'my shop'",
    )
    const two = 'aws ecs stop-task --task "$(aws ecs list-tasks --cluster shop)" && aws ecs stop-task --task b'
    expect(typed(two)).toBe(two.replaceAll(/ecs [a-z]+-tasks?/g, "$& --region eu-west-1 --profile 'my shop'"))
    expect(typed(two, sameAws({ region: undefined, profile: undefined, local: false }))).toBe(two)
  })

  it('never goes to Amazon’s AWS from a local one', () => {
    const local = sameAws({ region: undefined, profile: undefined, local: true })
    expect(reaching(local, find('ecs-task status')!)).toBe('ecs-task status --local')
    expect(reaching(local, find('ecs-task local --state a')!)).toBe('ecs-task local --state a')
    expect(reaching(local, find('aws ecs stop-task --task a')!)).toBe(
      'aws ecs stop-task --endpoint-url http://127.0.0.1:4570 --task a',
    )
  })
})
