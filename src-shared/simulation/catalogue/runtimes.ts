import type { Quantity } from './quantity.ts';

/** Memory that a Java process takes besides its heap: metaspace, code cache, threads, garbage collector. */
export const jvmOverheadMiB: Quantity = {
  value: 223,
  unit: 'MiB',
  source: 'spring.io, "Spring Boot Memory Performance": Petclinic with a heap of 48 MB',
  date: '2019',
};

/** Threads that a Tomcat server answers with, unless told otherwise. */
export const tomcatThreads: Quantity = {
  value: 200,
  unit: '1',
  source: 'Apache Tomcat 9, HTTP connector, maxThreads',
  date: '2018',
};
