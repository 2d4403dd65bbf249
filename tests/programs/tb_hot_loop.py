# The exception comes from a loop that ran long enough to be compiled; line numbers and locals must be right.
def work(data, n):
    total = 0
    for i in range(n):
        x = data[i % 100]
        total += x * 2
        if i == n - 1:
            total += data[i]
    return total
def main():
    for r in range(3):
        print(work(list(range(100)), 100))
    work(list(range(100)), 30000)
main()
