import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkLanguages } from '#main/cli/proof/languages.ts';
import { textsOf } from '#main/cli/proof/pack-texts.ts';
import { checkSpelling } from '#main/cli/proof/spelling.ts';
import { checkWorkedNumbers } from '#main/cli/proof/worked-numbers.ts';
import { course, courseFolder } from './course.ts';
import { fingerprintOf } from './fingerprint.ts';

describe('the texts of the course', () => {
  it('are spelled as British and technical English are', async () => {
    expect(await checkSpelling(course, courseFolder)).toEqual([]);
  }, 60_000);

  it('are each in their language, with its punctuation', () => {
    expect(checkLanguages(course)).toEqual([]);
  }, 60_000);

  it('have worked examples whose every number the simulator reproduces', () => {
    expect(checkWorkedNumbers(course, courseFolder)).toEqual([]);
  }, 60_000);

  it('share no run of ten words with the article', () => {
    const article = new Set(
      JSON.parse(readFileSync(join(import.meta.dirname, 'article-fingerprint.json'), 'utf8')) as number[],
    );
    const shared = textsOf(course)
      .filter(({ locale }) => locale === 'zh-CN')
      .flatMap(({ file, where, text }) =>
        [...fingerprintOf(text)]
          .filter(([hash]) => article.has(hash))
          .map(([, run]) => `${file} ${where}: ${run.replaceAll(' ', '')}`),
      );
    expect(shared).toEqual([]);
  });

  it('would be found out if they did', () => {
    const text = '一个微服务应用由上百个服务构成，服务可以采用不同语言和框架分别写就。每个服务都是一个单一应用';
    const article = JSON.parse(
      readFileSync(join(import.meta.dirname, 'article-fingerprint.json'), 'utf8'),
    ) as number[];
    expect([...fingerprintOf(text).keys()].filter((hash) => article.includes(hash)).length).toBeGreaterThan(20);
  });
});

describe('the glossary', () => {
  it('has at least 80 terms besides the products', () => {
    expect(course.glossary.filter(({ kind }) => kind === 'term').length).toBeGreaterThanOrEqual(80);
  });

  it('has every product that the article names, and what became of it', () => {
    const named = [
      'tomcat', 'osgi', 'nodejs', 'jenkins', 'aminator', 'packer', 'boxfuse', 'bakery', 'netflix', 'ec2', 'digitalocean', 'virtualbox', 'vmware',
      'docker', 'solaris-zones', 'kubernetes', 'marathon', 'gke', 'ecs', 'spring-boot', 'clear-containers', 'unikernel', 'unikernel-systems',
      'lambda', 's3', 'dynamodb', 'kinesis', 'ses', 'api-gateway', 'python',
    ];
    const there = new Map(course.glossary.map((entry) => [entry.id, entry]));
    expect(named.filter((id) => !there.get(id)?.became)).toEqual([]);
  });

  it('is linked: every entry leads to another, and no term stands twice', () => {
    expect(course.glossary.filter(({ related }) => related.length === 0).map(({ id }) => id)).toEqual([]);
    for (const locale of ['en', 'zh-CN'] as const) {
      const terms = course.glossary.map(({ term }) => term[locale].toLowerCase());
      expect(terms.filter((term, index) => terms.indexOf(term) !== index), locale).toEqual([]);
    }
  });
});
