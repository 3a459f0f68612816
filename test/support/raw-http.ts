import { request, type IncomingHttpHeaders, type RequestOptions } from 'node:http';
import { connect } from 'node:net';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

export interface Ask extends RequestOptions {
  readonly port: number;
  /** Sent with its length; a list is sent chunk by chunk, without one. */
  readonly body?: string | readonly string[];
}

/** One request with exactly the given headers and path: a client that no browser would be. */
export function ask({ body, ...options }: Ask): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asking = request({ host: '127.0.0.1', agent: false, ...options }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: Buffer.concat(chunks).toString('utf8'),
        }),
      );
      response.on('error', reject);
    });
    asking.on('error', reject);
    if (typeof body === 'string') asking.setHeader('Content-Length', Buffer.byteLength(body));
    for (const chunk of typeof body === 'string' ? [body] : (body ?? [])) asking.write(chunk);
    asking.end();
  });
}

/** Sends bytes as they are and answers with all that comes back. */
export function askRaw(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    socket.on('data', (chunk) => (answer += chunk.toString('latin1')));
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
  });
}

/** Whether something answers at an address: its error code, or "connected". */
export function tryConnect(host: string, port: number): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 1000 }, () => {
      socket.destroy();
      resolve('connected');
    });
    socket.on('timeout', () => {
      socket.destroy();
      resolve('ETIMEDOUT');
    });
    socket.on('error', (error) => resolve('code' in error ? String(error.code) : error.message));
  });
}
