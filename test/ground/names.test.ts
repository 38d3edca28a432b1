import { expect, test } from 'vitest'
import { shownNames } from '../../src/ground/names.ts'

const names = (count: number): string[] => Array.from({ length: count }, (_, index) => `Task${index + 1}`)

test('up to five names are told, and of more their number and two of them', () => {
  expect(shownNames(['Web'])).toBe('Web')
  expect(shownNames(names(5))).toBe('Task1, Task2, Task3, Task4, Task5')
  expect(shownNames(['Web', 'Worker', ...names(48)])).toBe('50 classes: Web, Worker, … and 48 more')
})
