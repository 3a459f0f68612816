"""Runs customers of M/M/c, mean service 1, in SimPy 2 and prints seconds and the mean time in the system, run by run."""
import random
import sys
import time

from SimPy.Simulation import Process, Resource, Simulation, hold, release, request


class Customer(Process):
    def visit(self, station, totals):
        arrived = self.sim.now()
        yield request, self, station
        yield hold, self, random.expovariate(1.0)
        yield release, self, station
        totals[0] += 1
        totals[1] += self.sim.now() - arrived


class Source(Process):
    def run(self, customers, rate, station, totals):
        for _ in range(customers):
            yield hold, self, random.expovariate(rate)
            customer = Customer(sim=self.sim)
            self.sim.activate(customer, customer.visit(station, totals))


servers, rate, customers, rounds = int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
for seed in range(rounds):
    random.seed(seed)
    started = time.perf_counter()
    sim = Simulation()
    sim.initialize()
    station = Resource(capacity=servers, sim=sim)
    totals = [0, 0.0]
    source = Source(sim=sim)
    sim.activate(source, source.run(customers, rate, station, totals))
    sim.simulate(until=float("inf"))
    print(time.perf_counter() - started, totals[1] / totals[0], flush=True)
