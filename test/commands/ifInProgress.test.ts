import { expect, test } from 'vitest'
import { ecsTask, ofClasses, serviceOf } from './inProcess.ts'
import { serveAws } from './runningLocalAws.ts'

const aws = serveAws()

test('--if-in-progress refuse of a class and of service update ends 2, and names the deployment', async () => {
  const web = ofClasses({ Web: serviceOf('web') })
  expect((await web(['deploy', 'v2', '--no-wait'])).exitCode).toBe(0)
  const before = await aws().world()
  const ended = await Promise.all([
    web(['deploy', 'v3', '--if-in-progress', 'refuse']),
    ecsTask(['service', 'update', '-c', 'my_cluster', '-n', 'web', '-i', 'my_image:v3', '--if-in-progress=refuse']),
  ])
  for (const { exitCode, stderr } of ended) {
    expect(exitCode).toBe(2)
    expect(stderr).toMatch(/my_cluster\/web: deployment \S+ of web:2 is in progress/)
    expect(stderr).toContain('Wait for it with --if-in-progress wait, or stop it with --if-in-progress stop.')
  }
  expect((await aws().world()).taskDefinitions).toEqual(before.taskDefinitions)
})
